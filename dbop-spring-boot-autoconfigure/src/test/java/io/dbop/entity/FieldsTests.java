package io.dbop.entity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FieldsTests {

	@Test
	void whenRowsAreAlikeThenTheyShareTheirNames() {
		Fields first = Fields.of(row("id", "a", "name", "John", "age", 5), null);
		Fields second = Fields.of(row("name", "Jane", "id", "b", "age", null), first);
		assertThat(second.names()).isSameAs(first.names());
		assertThat(first).isEqualTo(row("name", "John", "age", 5));
		assertThat(second).isEqualTo(row("name", "Jane", "age", null)).containsKey("age").doesNotContainKey("id");
		assertThat(second.get("name")).isEqualTo("Jane");
		assertThat(second.get("id")).isNull();
	}

	@Test
	void whenRowsDifferThenEachHasItsOwn() {
		Fields first = Fields.of(row("name", "John", "age", 5), null);
		for (Map<String, Object> other : List.of(row("age", 5, "name", "John"), row("name", "John"), row("id", "a"),
				row("name", "John", "age", 5, "city", "Rome"), row("name", "John", "ages", 5))) {
			Fields fields = Fields.of(other, first);
			Map<String, Object> expected = new LinkedHashMap<>(other);
			expected.remove("id");
			assertThat(fields).isEqualTo(expected);
			assertThat(fields.names()).isNotSameAs(first.names());
			assertThat(fields.names().list()).containsExactlyElementsOf(expected.keySet());
		}
	}

	@Test
	void whenTheGivenMapIsChangedThenTheFieldsAreNot() {
		Map<String, Object> row = row("name", "John");
		Fields fields = Fields.of(row, null);
		row.put("name", "Jane");
		assertThat(fields).isEqualTo(Map.of("name", "John"));
	}

	@Test
	void whenANameIsWrongThenItIsRefusedThoughOthersWereRight() {
		Fields right = Fields.of(row("name", "John"), null);
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> Fields.of(Collections.singletonMap(null, 1), right));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> Fields.of(row("name", "John", "version", 5), right));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> Fields.of(row("name", "John", "NAME", 5), right));
	}

	private static Map<String, Object> row(Object... given) {
		Map<String, Object> row = new LinkedHashMap<>();
		for (int i = 0; i < given.length; i += 2) {
			row.put((String) given[i], given[i + 1]);
		}
		return row;
	}

}
