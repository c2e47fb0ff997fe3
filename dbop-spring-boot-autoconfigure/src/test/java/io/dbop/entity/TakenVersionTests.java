package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.LockWaits;
import io.dbop.test.OnOneNode;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Versions that an entity was to get, and that its history has already. */
@EachDatabase
class TakenVersionTests {

	private final EntityFixture fixture;

	private final EntityOperations entities;

	TakenVersionTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
		for (int i = 0; i < 3; i++) {
			this.entities.save("users", "u1", Map.of("age", i));
		}
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenAnIdComesBackThenItsHistoryGoesOn() {
		this.entities.purge("users", "u1");
		assertThat(this.entities.save("users", "u1", Map.of("age", 5)).version()).isEqualTo(5);
		this.entities.purge("users", "u1");
		assertThat(this.entities.saveAll("users", List.of(Map.of("id", "u1", "age", 7), Map.of("id", "u2", "age", 8))))
			.extracting(EntityRecord::version)
			.containsExactly(7L, 1L);
		assertThat(this.entities.history("users", "u1")).extracting(EntityVersion::version)
			.containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
	}

	@Test
	void whenTheLastOfManyComesBackThenItsHistoryGoesOn() {
		this.entities.purge("users", "u1");
		List<Map<String, Object>> rows = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			rows.add(Map.of("id", "a" + i, "age", i));
		}
		rows.add(Map.of("id", "u1", "age", 7));
		List<EntityRecord> saved = this.entities.saveAll("users", rows);
		assertThat(saved.subList(0, 300)).extracting(EntityRecord::version).containsOnly(1L);
		assertThat(saved.get(300).version()).isEqualTo(5);
		assertThat(this.entities.history("users", "u1").get(0).record()).isEqualTo(saved.get(300));
		assertThat(this.entities.history("users", "a150")).singleElement()
			.extracting(EntityVersion::record)
			.isEqualTo(saved.get(150));
	}

	@Test
	void whenAnIteratorBringsItBackThenItsHistoryGoesOn() {
		this.entities.purge("users", "u1");
		assertThat(this.entities.saveAll("users",
				List.of(Map.of("id", "u0", "age", 6), Map.of("id", "u1", "age", 7), Map.of("id", "u2", "age", 8))
					.iterator()))
			.isEqualTo(3);
		assertThat(this.entities.history("users", "u1")).extracting(EntityVersion::version)
			.containsExactly(5L, 4L, 3L, 2L, 1L);
		assertThat(this.entities.get("users", "u1").orElseThrow().version()).isEqualTo(5);
		assertThat(this.entities.history("users", "u2")).extracting(EntityVersion::version).containsExactly(1L);
	}

	@Test
	void whenItComesBackAmongOthersInATransactionThenEachIsRecordedOnce() {
		this.entities.saveAll("users", List.of(Map.of("id", "z1", "age", 1), Map.of("id", "a1", "age", 1)));
		this.entities.purge("users", "u1");
		List<Map<String, Object>> rows = List.of(Map.of("id", "z1", "age", 2), Map.of("id", "u1", "age", 2),
				Map.of("id", "a1", "age", 2), Map.of("id", "a0", "age", 2), Map.of("id", "z0", "age", 2));
		this.fixture.db.inTransaction((tx) -> {
			assertThat(this.entities.saveAll("users", rows)).extracting(EntityRecord::version)
				.containsExactly(2L, 5L, 2L, 1L, 1L);
		});
		this.entities.purge("users", "a1");
		this.fixture.db.inTransaction((tx) -> {
			assertThat(this.entities.saveAll("users", rows.iterator())).isEqualTo(5);
		});
		assertThat(versions("u1")).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
		assertThat(versions("z1")).containsExactly(3L, 2L, 1L);
		assertThat(versions("a1")).containsExactly(4L, 3L, 2L, 1L);
		assertThat(versions("a0")).containsExactly(2L, 1L);
		assertThat(versions("z0")).containsExactly(2L, 1L);
	}

	@Test
	void whenTheApplicationWritesBeforeEachStatementThenEachIsRecordedOnce() {
		JdbcTemplate jdbc = new JdbcTemplate(this.fixture.pool.dataSource());
		jdbc.execute("CREATE TABLE audit (n INTEGER)");
		this.entities.purge("users", "u1");
		List<Map<String, Object>> rows = List.of(Map.of("id", "z1", "age", 2), Map.of("id", "u1", "age", 2),
				Map.of("id", "a1", "age", 2));
		this.fixture.beforeEach = () -> jdbc.update("INSERT INTO audit VALUES (1), (2)");
		assertThat(this.entities.save("users", "u1", Map.of("age", 5)).version()).isEqualTo(5);
		this.entities.purge("users", "u1");
		assertThat(this.entities.saveAll("users", rows)).extracting(EntityRecord::version).containsExactly(1L, 7L, 1L);
		this.entities.purge("users", "u1");
		assertThat(this.entities.saveAll("users", rows.iterator())).isEqualTo(3);
		assertThat(versions("u1")).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
		assertThat(this.entities.version("users", "u1", 1).orElseThrow().fields()).containsEntry("age", 0);
		assertThat(versions("z1")).containsExactly(2L, 1L);
		assertThat(versions("a1")).containsExactly(2L, 1L);
	}

	@Test
	void whenTheHistoryOfSqliteHasATriggerThenItDoesAsItSays() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.SQLITE);
		this.fixture.db.sql("CREATE TABLE seen (id TEXT PRIMARY KEY)").update();
		this.fixture.db.sql(
				"CREATE TRIGGER see AFTER INSERT ON USERS_history BEGIN INSERT OR IGNORE INTO seen VALUES (NEW.id); END")
			.update();
		List<Map<String, Object>> rows = List.of(Map.of("id", "u1", "age", 2), Map.of("id", "a1", "age", 2));
		try (EntityFixture later = new EntityFixture(this.fixture.instance)) {
			later.entities().purge("users", "u1");
			assertThat(later.entities().saveAll("users", rows)).extracting(EntityRecord::version)
				.containsExactly(5L, 1L);
			assertThat(later.entities().saveAll("users", rows.iterator())).isEqualTo(2);
		}
		assertThat(versions("u1")).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
		assertThat(versions("a1")).containsExactly(2L, 1L);
		assertThat(this.fixture.db.sql("SELECT id FROM seen").list(String.class)).containsExactlyInAnyOrder("u1", "a1");
	}

	private List<Long> versions(String id) {
		return this.entities.history("users", id).stream().map(EntityVersion::version).toList();
	}

	@Test
	void whenItComesBackInATransactionThenItsHistoryGoesOn() {
		this.entities.purge("users", "u1");
		this.fixture.db.inTransaction((tx) -> {
			assertThat(this.entities.save("users", "u1", Map.of("age", 5)).version()).isEqualTo(5);
		});
		assertThat(this.entities.save("users", "u1", Map.of("age", 6)).version()).isEqualTo(6);
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	@DisplayName("T11 a transaction that has waited for a purge is done again by its owner, or told to be")
	void whenItIsPurgedWhileATransactionWaitsForItThenItsHistoryGoesOn() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		TransactionTemplate own = new TransactionTemplate(this.fixture.db.transactionManager());
		assertThat(purgedMeanwhile(() -> this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u2", Map.of("age", 1));
			this.entities.save("users", "u1", Map.of("age", 5));
		}))).isNull();
		assertThat(versions("u1")).containsExactly(5L, 4L, 3L, 2L, 1L);
		assertThat(versions("u2")).containsExactly(1L);
		Throwable thrown = purgedMeanwhile(
				() -> own.executeWithoutResult((status) -> this.entities.save("users", "u1", Map.of("age", 7))));
		if (this.fixture.kind() == TestDatabase.POSTGRESQL) {
			assertThat(thrown).isInstanceOf(PessimisticLockingFailureException.class).hasMessageContaining("'users'");
		}
		else {
			assertThat(thrown).isNull();
		}
	}

	/**
	 * What it throws to do this while somebody is about to commit that there is no user.
	 */
	private @Nullable Throwable purgedMeanwhile(ThrowableAssert.ThrowingCallable work) {
		CompletableFuture<Throwable> thrown = new CompletableFuture<>();
		this.fixture.db.inTransaction((tx) -> {
			this.entities.purge("users", "u1");
			OwnThreads.EACH.execute(() -> thrown.complete(catchThrowable(work)));
			LockWaits.awaitOne(this.fixture.instance, "insert");
		});
		return thrown.orTimeout(20, TimeUnit.SECONDS).join();
	}

	@Test
	void whenSomebodyHasRemovedTheBeginningThenNoVersionIsTakenTwice() {
		this.fixture.db.sql("DELETE FROM [users_history] WHERE [version] = 1").update();
		this.entities.purge("users", "u1");
		for (int i = 0; i < 6; i++) {
			this.entities.save("users", "u1", Map.of("age", i));
		}
		assertThat(this.entities.history("users", "u1")).extracting(EntityVersion::version).doesNotHaveDuplicates();
		assertThat(this.entities.get("users", "u1").orElseThrow().version())
			.isEqualTo(this.entities.history("users", "u1").get(0).version());
	}

	@Test
	void whenTheKeyOfTheHistoryHasAnotherNameThenItsHistoryGoesOnToo() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.POSTGRESQL);
		this.fixture.db.sql("ALTER TABLE users_history RENAME CONSTRAINT users_history_pkey TO own_name").update();
		this.entities.purge("users", "u1");
		assertThat(this.entities.save("users", "u1", Map.of("age", 5)).version()).isEqualTo(5);
	}

}
