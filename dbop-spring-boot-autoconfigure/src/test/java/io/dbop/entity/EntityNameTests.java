package io.dbop.entity;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Names of entities and fields: they work everywhere, or are refused everywhere. */
@EachDatabase
class EntityNameTests {

	private static final List<String> STRANGE = List.of("a", "A", "a ", " a", "é", "e\u0301", "'; DROP TABLE x; --",
			"\uD83D\uDE00", "ß", "ss", "?", "[x]", "\t", "\u0001", "x".repeat(255), "\"", "\\", "\\u0041", "\",\"",
			"a\nb", "\u007f", "a\u2028b", "1", "1.0", "null");

	private final EntityFixture fixture;

	private final EntityOperations entities;

	EntityNameTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("E7 reserved words, mixed case, blanks, accents, and the longest names")
	void whenNamesAreReservedThenTheyWork() {
		for (String entity : List.of("order", "Select", "user", "größe", "Ⱥ", "Ⱦ", "a b", "x-y", "e".repeat(55))) {
			Map<String, Object> fields = Map.of("select", 1, "Group", "g", "history_timestamp", 2, "comment", "c",
					"operation", "o", "from to", 3, "preis in €".replace("€", "eur"), 4, "naïve", 5, "x.y", 6,
					"f".repeat(63), 7);
			EntityRecord saved = this.entities.save(entity, "1", fields);
			assertThat(saved.fields()).isEqualTo(fields);
			this.entities.save(entity, "1", Map.of("select", 9));
			assertThat(this.entities.get(entity, "1").orElseThrow().get("select")).isEqualTo(9);
			assertThat(this.entities.get(entity, "1").orElseThrow().get("comment")).isEqualTo("c");
			assertThat(this.entities.find(entity,
					EntityQuery.where("[select] = ? AND [from to] = 3", 9).orderBy("[select] DESC, [x.y], Group")))
				.hasSize(1);
			assertThat(this.entities.history(entity, "1")).hasSize(2);
			assertThat(this.entities.delete(entity, "1")).isTrue();
		}
	}

	@Test
	@DisplayName("E7 names that statements of dbop's own might use")
	void whenAnEntityIsCalledLikeAnAliasThenItWorks() {
		for (String name : List.of("t", "s", "c", "n", "h", "saved", "recorded", "excluded")) {
			this.entities.saveAll(name,
					List.of(Map.of("id", "b", name, 1), Map.of("id", "b", name, 2), Map.of("id", "b", name, 3)));
			this.entities.save(name, "a", Map.of(name, 1));
			this.entities.save(name, "a", Map.of(name, 2));
			this.entities.purge(name, "a");
			this.entities.saveAll(name, List.of(Map.of("id", "a", name, 5), Map.of("id", "b", name, 4)));
			assertThat(this.entities.history(name, "a")).as(name)
				.extracting(EntityVersion::version)
				.containsExactly(4L, 3L, 2L, 1L);
			assertThat(this.entities.find(name, EntityQuery.where("[" + name + "] > ?", 4))).hasSize(1);
		}
	}

	@Test
	void whenAFieldHasNoNameThenItIsRefused() {
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("users", Collections.singletonMap(null, 1)))
			.withMessageContaining("Nothing was sent");
	}

	@Test
	@DisplayName("E7 names that would be others on some database are refused before any SQL")
	void whenANameCannotBeUsedThenItIsRefused() {
		for (String entity : List.of("user_history", "User_History", "dbop_fields", "sqlite_master", "pg_class", "",
				"e".repeat(56), "é".repeat(28), " a", "a ", "a.b")) {
			assertRefused(entity, "name");
		}
		for (String field : List.of("version", "created_at", "Updated_By", "deleted_at", "_exact", "_revision",
				"_operation", "_comment", "xmin", "ctid", "", "f".repeat(64), "é".repeat(32), " a", "a ")) {
			assertRefused("users", field);
		}
		assertThat(this.entities.plan("users", Map.of("name", "x"))).hasSize(4);
	}

	@Test
	@DisplayName("S5 hostile names are refused, and change nothing")
	void whenANameIsHostileThenItIsRefused() {
		this.entities.save("users", "u1", Map.of("name", "John"));
		Stream
			.of("x\"; DROP TABLE users; --", "a`b", "a]b", "[a", "a\u0000b", "x".repeat(300), "'", "a;b", "a/*b*/", "?",
					":x", "\n", "\uD83D\uDE00", "\uD801\uDC00", "\uD83D", "a%b", "${x}", "a\\b", "(", "a=1")
			.forEach((name) -> {
				assertRefused(name, "name");
				assertRefused("users", name);
			});
		assertThat(this.entities.count("users")).isOne();
		assertThat(this.entities.get("users", "u1").orElseThrow().fields()).isEqualTo(Map.of("name", "John"));
	}

	private void assertRefused(String entity, String field) {
		assertThatExceptionOfType(InvalidEntityException.class).as("%s %s", entity, field)
			.isThrownBy(() -> this.entities.save(entity, "1", Map.of(field, 1)))
			.withMessageContaining("Nothing was sent");
	}

	@Test
	@DisplayName("E7 a field or an entity that differs from another in case alone is refused")
	void whenNamesDifferInCaseAloneThenTheSecondIsRefused() {
		this.entities.save("users", "u1", Map.of("Name", "John"));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("name", "Jim")))
			.withMessageContaining("'Name'");
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("others", "u1", Map.of("name", "Jim", "NAME", "x")));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("Nàme", "Jim")))
			.withMessageContaining("'Name'");
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("Users", "u1", Map.of("Name", "Jim")))
			.withMessageContaining("'users'");
		assertThat(this.entities.get("users", "u1").orElseThrow().get("Name")).isEqualTo("John");
	}

	@Test
	@DisplayName("S5 any text is an id, of one among many, too")
	void whenManyIdsAreStrangeThenEachHasItsHistory() {
		List<Map<String, String>> rows = STRANGE.stream()
			.filter((id) -> !id.isBlank())
			.map((id) -> Map.of("id", id, "own", id))
			.toList();
		assertThat(this.entities.saveAll("things", rows)).extracting(EntityRecord::id)
			.containsExactlyElementsOf(rows.stream().map((row) -> row.get("id")).toList());
		assertThat(this.entities.saveAll("things", rows.iterator())).isEqualTo(rows.size());
		assertThat(this.entities.saveAll("things", rows)).allSatisfy((saved) -> {
			assertThat(saved.version()).isEqualTo(3);
			assertThat(saved.get("own")).isEqualTo(saved.id());
			assertThat(this.entities.history("things", saved.id())).extracting((version) -> version.record().get("own"))
				.containsExactly(saved.id(), saved.id(), saved.id());
		});
	}

	@Test
	@DisplayName("S5 any text is an id")
	void whenAnIdIsStrangeThenItIsKept() {
		List<String> ids = STRANGE;
		ids.stream().filter((id) -> !id.isBlank()).forEach((id) -> this.entities.save("things", id, Map.of("own", id)));
		ids.stream()
			.filter((id) -> !id.isBlank())
			.forEach((id) -> assertThat(this.entities.get("things", id).orElseThrow().get("own")).isEqualTo(id));
		assertThat(this.entities.count("things")).isEqualTo(ids.size() - 1);
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("things", "x".repeat(256), Map.of()));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("things", "a\u0000", Map.of()));
	}

}
