package io.dbop.entity.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExactValues}.
 */
class ExactValuesTests {

	@Test
	void whenThereAreNoneThenThereIsNoDocument() {
		assertThat(ExactValues.write(Map.of())).isNull();
		assertThat(ExactValues.parse(null).byField()).isEmpty();
		assertThat(ExactValues.parse("{}").of("a")).isNull();
	}

	@Test
	void whenADocumentIsParsedThenEachFieldHasItsOwnText() {
		Map<String, String> byField = new LinkedHashMap<>();
		byField.put("a", "{\"$decimal\":\"1.10\"}");
		byField.put("b \"quoted\" \uD83D\uDE00", "[1,{\"x\":[\"}\",\"]\"]},true]");
		byField.put("c", "\"text, \\\"quoted\\\" \uD83D\uDE00\"");
		byField.put("d", "12.5");
		byField.put("e", "-7");
		byField.put("f", "null");
		byField.put("g", "false");
		String document = Objects.requireNonNull(ExactValues.write(byField));
		assertThat(ExactValues.parse(document).byField()).isEqualTo(byField);
		String spaced = document.replace(",\"", " ,\n \"").replace("\":", "\" : ");
		assertThat(ExactValues.parse(spaced).byField()).containsOnlyKeys(byField.keySet());
		assertThat(ExactValues.parse("{ \"d\" : 12.5 , \"e\" : -7 }").of("d")).isEqualTo("12.5");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "secret", "{\"a\":", "{\"a\" \"secret\"}" })
	void whenItIsNoObjectThenRefusedWithoutTellingIt(String document) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> ExactValues.parse(document))
			.withMessageNotContaining("secret")
			.withNoCause();
	}

}
