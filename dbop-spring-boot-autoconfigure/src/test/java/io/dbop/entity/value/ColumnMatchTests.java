package io.dbop.entity.value;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which documents count as what was written, as databases write them. */
class ColumnMatchTests {

	@ParameterizedTest
	@CsvSource({ "1732370000000, 1732370001000", "1732370000000, 1732370000001",
			"1732370000000000001, 1732370000000000002", "18446744073709551614, 18446744073709551615",
			"1732370000.123, 1732370000.124", "0.1, 0.1000000001", "1, 2" })
	void whenANumberIsAnotherThenTheDocumentIs(String written, String changed) {
		assertThat(ColumnMatch.sameJson(document(written), document(changed))).isFalse();
		assertThat(ColumnMatch.sameJson(document(written), document(written))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "1.50, 1.5", "1E3, 1000", "1.0, 1", "0.1, 0.10000000000000001",
			"123456789012345678901234567890, 1.2345678901234568e29", "1.7976931348623157E308, 1.797693134862316e308" })
	void whenItsDigitsAreWrittenOtherwiseThenItIsTheSame(String written, String stored) {
		assertThat(ColumnMatch.sameJson(document(written), document(stored))).isTrue();
	}

	private static String document(String number) {
		return "{\"other\": [true], \"number\": " + number + "}";
	}

}
