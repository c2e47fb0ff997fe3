package io.dbop.entity;

import java.util.List;
import java.util.Map;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tables to which somebody has added what dbop does not. */
@EachDatabase
class ConstrainedTableTests {

	private final DatabaseInstance instance;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	private final JdbcTemplate jdbc;

	ConstrainedTableTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
		this.jdbc = new JdbcTemplate(this.fixture.pool.dataSource());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void requireNames() {
		for (String statement : this.entities.plan("users", Map.of("name", "Ann", "age", 5))) {
			this.jdbc.execute(statement.startsWith("CREATE TABLE")
					? statement.replaceAll("([\"`]name[\"`][^,]*)", "$1 NOT NULL") : statement);
		}
		this.entities.save("users", "a", Map.of("name", "Ann", "age", 5));
		this.entities.save("users", "b", Map.of("name", "Bob", "age", 6));
		this.entities.delete("users", "b");
	}

	@Test
	@DisplayName("E2 what is absent stays, also where its column must not be null")
	void whenSavedInPartThenWhatMustNotBeNullStays() {
		requireNames();
		EntityRecord saved = this.entities.save("users", "a", Map.of("age", 7));
		assertThat(saved.fields()).isEqualTo(Map.of("name", "Ann", "age", 7));
		assertThat(saved.version()).isEqualTo(2);
		assertThat(this.entities.save("users", "a", Map.of("age", 8), ChangeOptions.ofVersion(2)).version())
			.isEqualTo(3);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.entities.save("users", "c", Map.of("age", 8)));
		assertThat(this.entities.get("users", "a").orElseThrow().fields()).isEqualTo(Map.of("name", "Ann", "age", 8));
		assertThat(this.entities.get("users", "c")).isEmpty();
		assertThat(this.entities.history("users", "a")).hasSize(3);
	}

	@Test
	@DisplayName("E6 so it does in a batch, where one id may come twice")
	void whenSavedInPartInABatchThenWhatMustNotBeNullStays() {
		requireNames();
		List<EntityRecord> saved = this.entities.saveAll("users",
				List.of(Map.of("id", "n", "name", "New", "age", 1), Map.of("id", "a", "age", 7),
						Map.of("id", "b", "age", 8), Map.of("id", "a", "name", "Anna"), Map.of("id", "n", "age", 2)));
		assertThat(saved).extracting((each) -> each.get("name")).containsExactly("New", "Ann", "Bob", "Anna", "New");
		assertThat(saved).extracting((each) -> each.get("age")).containsExactly(1, 7, 8, 7, 2);
		assertThat(saved).extracting(EntityRecord::version).containsExactly(1L, 2L, 3L, 3L, 2L);
		assertThat(this.entities.history("users", "a")).hasSize(3);
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> this.entities.saveAll("users",
				List.of(Map.of("id", "a", "age", 9), Map.of("id", "x", "age", 9))));
		assertThat(this.entities.get("users", "a").orElseThrow().get("age", Integer.class)).isEqualTo(7);
	}

	@Test
	@DisplayName("E2 and in a transaction of the caller, where that goes on after a failure")
	void whenSavedInPartInATransactionThenItStaysOrTheCallerIsTold() {
		requireNames();
		if (this.instance.database() == TestDatabase.POSTGRESQL) {
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> this.fixture.db.inTransaction((tx) -> {
					this.entities.save("users", "a", Map.of("age", 7));
				}));
			return;
		}
		this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "a", Map.of("age", 7));
			this.entities.save("users", "b", Map.of("age", 9));
			this.entities.save("users", "a", Map.of("age", 8));
		});
		assertThat(this.entities.get("users", "a").orElseThrow().fields()).isEqualTo(Map.of("name", "Ann", "age", 8));
		assertThat(this.entities.history("users", "a")).hasSize(3);
		assertThat(this.entities.history("users", "b")).hasSize(3);
	}

	@Test
	@DisplayName("V5 columns that the database computes are no fields")
	void whenColumnsAreComputedThenTheyAreLeftAlone() {
		this.entities.save("users", "a", Map.of("name", "Ann"));
		String type = switch (this.instance.database()) {
			case POSTGRESQL -> "TEXT GENERATED ALWAYS AS (upper(name)) STORED";
			case SQLITE -> "TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL";
			case H2 -> "VARCHAR(50) GENERATED ALWAYS AS (UPPER(CAST(\"name\" AS VARCHAR(50))))";
			case MARIADB, MYSQL -> "VARCHAR(50) GENERATED ALWAYS AS (LEFT(name, 50)) STORED";
			default -> throw new IllegalStateException();
		};
		boolean upper = this.instance.database() == TestDatabase.H2;
		for (String table : List.of("users_history", "users")) {
			this.jdbc.execute("ALTER TABLE %s ADD COLUMN %s %s".formatted(upper ? "\"" + table + "\"" : table,
					upper ? "\"full_name\"" : "full_name", type));
		}
		try (EntityFixture fresh = new EntityFixture(this.instance)) {
			EntityOperations later = fresh.entities();
			later.save("users", "a", Map.of("name", "Anna"));
			later.delete("users", "a");
			later.restore("users", "a");
			later.saveAll("users", List.of(Map.of("id", "a", "name", "Anne"), Map.of("id", "b", "name", "Bob")));
			EntityRecord first = later.version("users", "a", 1).orElseThrow().record();
			assertThat(later.save("users", "a", first.fields()).fields()).isEqualTo(Map.of("name", "Ann"));
			assertThatExceptionOfType(InvalidEntityException.class)
				.isThrownBy(() -> later.save("users", "a", Map.of("full_name", "x")))
				.withMessageContaining("generated");
		}
	}

}
