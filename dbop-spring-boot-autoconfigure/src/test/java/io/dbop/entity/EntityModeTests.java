package io.dbop.entity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What may be done to tables, and what is said where it may not. */
@EachDatabase
class EntityModeTests {

	private final DatabaseInstance instance;

	private final EntityFixture evolving;

	EntityModeTests(DatabaseInstance instance) {
		this.instance = instance;
		this.evolving = new EntityFixture(instance);
	}

	@AfterEach
	void close() {
		this.evolving.close();
	}

	private EntityFixture with(EntityMode mode, int maxFields) {
		return new EntityFixture(this.instance, new EntitySettings(EntityMode.EVOLVE, Map.of("users", mode),
				TypeConflict.REFUSE, maxFields, Duration.ofSeconds(5)));
	}

	@Test
	void whenCreatedOnlyThenTablesAreMadeAndStay() {
		try (EntityFixture creating = with(EntityMode.CREATE, 500)) {
			creating.entities().save("users", "u1", Map.of("name", "John", "age", 5));
			creating.entities().save("users", "u1", Map.of("age", 6));
			assertThatExceptionOfType(EntitySchemaException.class)
				.isThrownBy(() -> creating.entities().save("users", "u1", Map.of("more", 1)))
				.withMessageContainingAll("'users'", "more", "CREATE", "ALTER TABLE");
			assertThatExceptionOfType(EntitySchemaException.class)
				.isThrownBy(() -> creating.entities().save("users", "u1", Map.of("age", 5_000_000_000L)))
				.withMessageContaining("age");
			assertThat(creating.entities().history("users", "u1")).hasSize(2);
			creating.entities().save("others", "u1", Map.of("any", 1));
			creating.entities().save("others", "u1", Map.of("more", 1));
		}
	}

	@Test
	void whenSomebodyElseMakesTheTablesThenThePlanIsWhatTheyNeed() {
		Map<String, Object> sample = Map.of("name", "John", "age", 5, "born", LocalDate.of(2000, 1, 1), "tags",
				List.of("a"), "price", 1.5);
		List<EntityMode> modes = List.of(EntityMode.VALIDATE, EntityMode.NONE);
		for (EntityMode mode : modes) {
			try (EntityFixture checking = with(mode, 500)) {
				EntityOperations users = checking.entities();
				assertThat(users.get("users", "u1")).isEmpty();
				assertThatExceptionOfType(EntitySchemaException.class)
					.isThrownBy(() -> users.save("users", "u1", sample))
					.withMessageContainingAll("'users'", mode.name(), "CREATE TABLE");
			}
		}
		this.evolving.entities().plan("users", sample).forEach((ddl) -> this.evolving.db.jdbcTemplate().execute(ddl));
		for (EntityMode mode : modes) {
			try (EntityFixture checking = with(mode, 500)) {
				EntityOperations users = checking.entities();
				users.save("users", mode.name(), sample);
				assertThat(users.get("users", mode.name()).orElseThrow().fields()).isEqualTo(sample);
				users.save("users", mode.name(), Map.of("tags", java.util.Set.of(1, 2)));
				assertThat(users.get("users", mode.name()).orElseThrow().get("tags")).isEqualTo(java.util.Set.of(1, 2));
				assertThatExceptionOfType(EntitySchemaException.class)
					.isThrownBy(() -> users.save("users", mode.name(), Map.of("more", 1)))
					.withMessageContaining("more");
			}
		}
	}

	@Test
	@DisplayName("V1 a column that others have made meanwhile, wider than it had to be, is taken as it is")
	void whenOthersHaveMadeAWiderColumnThenASaveThatFitsIsNotRefused() {
		this.evolving.entities().save("users", "u1", Map.of("name", "John"));
		for (EntityMode mode : List.of(EntityMode.VALIDATE, EntityMode.CREATE)) {
			String field = "level" + mode.ordinal();
			try (EntityFixture behind = with(mode, 500)) {
				assertThat(behind.entities().get("users", "u1")).isPresent();
				this.evolving.entities().save("users", "u2", Map.of(field, 5_000_000_000L));
				assertThat(behind.entities().save("users", "u1", Map.of(field, 5)).fields()).containsEntry(field, 5L);
			}
		}
	}

	@Test
	@DisplayName("V1 a type that a field had before is no reason to refuse what it has now")
	void whenAFieldHasAnotherTypeByNowThenItsValuesAreSaved() {
		this.evolving.entities().save("users", "u1", Map.of("n", 5));
		try (EntityFixture behind = with(EntityMode.VALIDATE, 500)) {
			assertThat(behind.entities().get("users", "u1")).isPresent();
			for (String table : List.of("users", "users_history", EntityNames.FIELDS_TABLE)) {
				this.evolving.db.sql("DROP TABLE [%s]".formatted(table)).update();
			}
			try (EntityFixture anew = new EntityFixture(this.instance)) {
				anew.entities().save("users", "u1", Map.of("n", "five"));
			}
			assertThat(behind.entities().save("users", "u1", Map.of("n", "six")).fields()).containsEntry("n", "six");
			long acquired = behind.pool.statistics().acquired();
			for (int i = 0; i < 10; i++) {
				assertThatExceptionOfType(EntityTypeException.class)
					.isThrownBy(() -> behind.entities().save("users", "u1", Map.of("n", 7)));
			}
			assertThat(behind.pool.statistics().acquired() - acquired).as("looks for refused saves").isLessThan(5);
		}
	}

	@Test
	@DisplayName("V1 a wider type that nobody may record comes back as it went in")
	void whenAWiderTypeCannotBeRecordedThenItsValuesComeBackAsTheyWere() {
		Instant now = Instant.parse("2024-03-31T02:30:05Z");
		Map<String, Object> narrow = Map.of("whole", (short) 5, "near", 1.5F, "big", BigInteger.TEN, "sign", 'x', "at",
				now);
		Map<String, Object> wide = Map.of("whole", 6, "near", 2.5, "big", new BigDecimal("7"), "sign", "y", "at",
				now.atOffset(ZoneOffset.UTC));
		this.evolving.entities().save("users", "u1", narrow);
		try (EntityFixture checking = with(EntityMode.VALIDATE, 500)) {
			assertThat(checking.entities().save("users", "u1", wide).fields()).isEqualTo(wide);
			assertThat(checking.entities().save("users", "u2", wide).fields()).isEqualTo(wide);
			assertThat(checking.entities().version("users", "u1", 2).orElseThrow().fields()).isEqualTo(wide);
		}
		assertThat(this.evolving.entities().get("users", "u1").orElseThrow().fields()).isEqualTo(wide);
		assertThat(this.evolving.entities().save("users", "u1", narrow).fields()).isEqualTo(narrow);
	}

	@Test
	void whenATableIsNotAnEntitysThenItIsLeftAlone() {
		this.evolving.db.sql("CREATE TABLE [users] ([id] INTEGER PRIMARY KEY, [name] VARCHAR(20))").update();
		assertThatExceptionOfType(EntitySchemaException.class)
			.isThrownBy(() -> this.evolving.entities().save("users", Map.of("name", "John")))
			.withMessageContainingAll("'users'", "not an entity's", "version");
		assertThat(this.evolving.db.sql("SELECT * FROM [users]").query().listOfRows()).isEmpty();
		assertThat(this.evolving.entities().get("users", "1")).isEmpty();
	}

	@Test
	void whenThereAreTooManyFieldsThenTheyAreRefused() {
		try (EntityFixture few = with(EntityMode.EVOLVE, 3)) {
			few.entities().save("users", "u1", Map.of("a", 1, "b", 2, "c", 3));
			assertThatExceptionOfType(InvalidEntityException.class)
				.isThrownBy(() -> few.entities().save("users", "u1", Map.of("d", 1)))
				.withMessageContainingAll("4 fields", "3 is the most");
			few.entities().save("users", "u1", Map.of("a", 5));
			Map<String, Object> many = new HashMap<>();
			for (int i = 0; i < 10; i++) {
				many.put("f" + i, i);
			}
			assertThatExceptionOfType(InvalidEntityException.class)
				.isThrownBy(() -> few.entities().save("wide", "u1", many));
			assertThat(few.entities().plan("wide", Map.of("a", 1))).hasSize(3);
		}
	}

}
