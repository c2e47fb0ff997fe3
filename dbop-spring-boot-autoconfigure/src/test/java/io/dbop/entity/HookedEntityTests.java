package io.dbop.entity;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.dbop.database.Database;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.DatabaseEngine;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Operations on entities, in the transaction that a hook has prepared. */
@EachDatabase
@Timeout(60)
class HookedEntityTests {

	private final EntityFixture fixture;

	private final Database db;

	private final EntityOperations entities;

	private final List<String> operations = new ArrayList<>();

	private final List<String> committing = new ArrayList<>();

	private boolean refuse;

	private @Nullable String tenant;

	HookedEntityTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance, EntitySettings.defaults(), List.of(), (config) -> config.poolMax(1));
		JdbcTransactionManager manager = new JdbcTransactionManager(this.fixture.pool.dataSource());
		DatabaseEngine engine = new DatabaseEngine(this.fixture.pool, () -> manager, EntityFixture.QUICK, null,
				new DatabaseEngine.Extensions(List.of(), List.of(this::prepare), List.of(), null));
		this.db = Database.of(engine,
				() -> EntityOperations.of(engine, EntitySettings.defaults(), () -> "somebody", List.of()));
		this.entities = this.db.entities();
	}

	private void prepare(AttemptContext context) {
		JdbcTemplate jdbc = new JdbcTemplate(context.dataSource());
		this.operations.add(context.operation());
		if (Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit))) {
			this.committing.add(context.operation());
		}
		if (this.tenant != null) {
			jdbc.execute("set local role dbop_tenant");
			jdbc.queryForObject("select set_config('app.tenant', ?, true)", String.class, this.tenant);
		}
		if (this.refuse) {
			throw new IllegalStateException("not ready");
		}
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("R6 whatever is done with entities is done in a transaction that a hook has prepared")
	void whenEntitiesAreUsedThenHooksAreInTheirTransactions() {
		String id = this.entities.save("users", Map.of("name", "Ann")).id();
		this.entities.save("users", id, Map.of("name", "Bob", "age", 3));
		this.entities.saveAll("users", List.of(Map.of("id", id, "age", 4), Map.of("id", "second", "name", "Eve")));
		assertThat(this.entities.get("users", id)).isPresent();
		assertThat(this.entities.history("users", id)).hasSize(3);
		assertThat(this.entities.find("users", EntityQuery.where("[name] = ?", "Eve"))).hasSize(1);
		assertThat(this.entities.count("users")).isEqualTo(2);
		try (Stream<EntityRecord> all = this.entities.stream("users", EntityQuery.all())) {
			assertThat(all).hasSize(2);
		}
		assertThat(this.entities.saveAll("users", List.of(Map.of("age", 1), Map.of("age", 2)).iterator())).isEqualTo(2);
		this.entities.delete("users", id);
		assertThat(this.entities.count("users")).isEqualTo(3);
		assertThat(this.entities.restore("users", id)).isTrue();
		assertThat(this.entities.purge("users", id)).isTrue();
		assertThat(this.operations).contains("users.save", "users.get", "users.count");
		assertThat(this.committing).isEmpty();
	}

	@Test
	@DisplayName("R6 the time of a call has no hooks besides those of its statements")
	void whenACallHasATimeoutThenItsHookIsCalledOnce() {
		String id = this.entities.save("users", Map.of("name", "Ann")).id();
		this.operations.clear();
		this.entities.get("users", id, ReadOptions.defaults().timeout(Duration.ofSeconds(20)));
		assertThat(this.operations).hasSize(1);
		assertThat(this.committing).isEmpty();
	}

	@Test
	@DisplayName("R6 a hook that fails leaves entities and history as they were")
	void whenTheHookFailsThenNothingIsSaved() {
		String id = this.entities.save("users", Map.of("name", "Ann")).id();
		this.refuse = true;
		assertThatIllegalStateException().isThrownBy(() -> this.entities.save("users", id, Map.of("name", "Bob")));
		assertThatIllegalStateException().isThrownBy(() -> this.entities.get("users", id));
		this.refuse = false;
		assertThat(this.entities.history("users", id)).hasSize(1);
	}

	@Test
	@DisplayName("R6 in a transaction of the caller hooks are in that")
	void whenInATransactionOfTheCallerThenHooksAreInThat() {
		String id = this.entities.save("users", Map.of("name", "Ann")).id();
		new TransactionTemplate(this.db.transactionManager()).executeWithoutResult((status) -> {
			this.entities.save("users", id, Map.of("name", "Bob"));
			this.entities.save("users", "second", Map.of("name", "Eve"));
			status.setRollbackOnly();
		});
		assertThat(this.entities.history("users", id)).hasSize(1);
		assertThat(this.entities.count("users")).isOne();
		assertThat(this.committing).isEmpty();
	}

	@Test
	@DisplayName("R6 row-level security holds for entities, statements, streams and sessions")
	void whenRowsAreSecuredThenATenantSeesItsOwn() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.POSTGRESQL);
		this.entities.save("notes", "a", Map.of("tenant", "one", "text", "first"));
		this.entities.save("notes", "b", Map.of("tenant", "two", "text", "second"));
		JdbcTemplate owner = this.fixture.db.jdbcTemplate();
		owner.execute("do $$ begin create role dbop_tenant; exception when duplicate_object or unique_violation then"
				+ " null; end $$");
		owner.execute("grant all on all tables in schema public to dbop_tenant");
		owner.execute("alter table notes enable row level security");
		owner.execute("create policy own on notes using (tenant = current_setting('app.tenant'))");
		this.tenant = "one";
		assertThat(this.entities.get("notes", "a")).isPresent();
		assertThat(this.entities.get("notes", "b")).isEmpty();
		assertThat(this.entities.count("notes")).isOne();
		this.entities.save("notes", "a", Map.of("text", "changed"));
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.entities.save("notes", "c", Map.of("tenant", "two", "text", "foreign")));
		assertThat(this.db.sql("SELECT [text] FROM [notes]").list(String.class)).containsExactly("changed");
		try (var rows = this.db.sql("SELECT [text] FROM [notes]").fetchSize(5).stream(String.class)) {
			assertThat(rows).containsExactly("changed");
		}
		try (var session = this.db.open()) {
			assertThat(session.sql("SELECT [text] FROM [notes]").list(String.class)).containsExactly("changed");
			session.begin();
			assertThat(session.connection().isValid(1)).isTrue();
			assertThat(session.sql("SELECT [text] FROM [notes]").list(String.class)).containsExactly("changed");
		}
		catch (java.sql.SQLException ex) {
			throw new AssertionError(ex);
		}
		this.tenant = "two";
		assertThat(this.db.sql("SELECT [text] FROM [notes]").list(String.class)).containsExactly("second");
		assertThat(Objects.requireNonNull(owner.queryForObject("select count(*) from notes", Integer.class)))
			.isEqualTo(2);
	}

}
