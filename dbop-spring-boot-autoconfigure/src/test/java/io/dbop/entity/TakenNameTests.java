package io.dbop.entity;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Names that something else has already. */
@EachDatabase
class TakenNameTests {

	private final EntityFixture fixture;

	TakenNameTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("E1 a name that a view has is told at once")
	void whenAViewHasTheNameOfATableThenItIsTold() {
		this.fixture.db.sql("CREATE VIEW [users] AS SELECT 1 AS [one]").update();
		assertThatExceptionOfType(EntitySchemaException.class)
			.isThrownBy(() -> this.fixture.entities().save("users", Map.of("age", 1)))
			.withMessageContaining("'users'")
			.withMessageContaining("is not an entity's");
	}

	@Test
	@DisplayName("E1 a name that something else has is told, and not tried again and again")
	void whenAnIndexHasTheNameOfATableThenItIsToldSoon() {
		assumeThat(this.fixture.kind()).as("tables and indexes have their names apart")
			.isIn(TestDatabase.POSTGRESQL, TestDatabase.SQLITE);
		this.fixture.db.sql("CREATE TABLE [others] ([one] INTEGER)").update();
		this.fixture.db.sql("CREATE INDEX [users] ON [others] ([one])").update();
		AtomicInteger attempts = new AtomicInteger();
		this.fixture.beforeEach = attempts::incrementAndGet;
		assertThatExceptionOfType(EntitySchemaException.class)
			.isThrownBy(() -> this.fixture.entities().save("users", Map.of("age", 1)))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("users"))
			.satisfies((ex) -> assertThat(ex.getMessage())
				.contains((this.fixture.kind() == TestDatabase.POSTGRESQL) ? "Something else has a name" : "Nothing"));
		assertThat(attempts).hasValueLessThan(15);
		this.fixture.db.sql("DROP INDEX [users]").update();
		assertThat(this.fixture.entities().save("users", Map.of("age", 1)).version()).isOne();
	}

}
