package io.dbop.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NotOnClusters;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.awaitility.Awaitility;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

import static io.dbop.entity.ChangeOptions.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Entities in transactions of the caller, beside another instance that knows more. */
@EachDatabase
class EntityCallerTests {

	private static final Duration LIMIT = Duration.ofMillis(700);

	private final EntityFixture fixture;

	private final EntityFixture other;

	private final EntityOperations entities;

	EntityCallerTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.other = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.other.close();
	}

	@Test
	@DisplayName("H1 a batch of which others know more in part is saved once, in a transaction of the caller too")
	void whenOthersKnowMoreOfSomeRowsThenEachIsSavedOnce() {
		this.entities.saveAll("things",
				List.of(Map.of("id", "a", "x", 1), Map.of("id", "b", "x", 1), Map.of("id", "c", "x", 1, "z", 1)));
		this.other.entities().save("things", "b", Map.of("y", 1));
		this.other.entities().save("things", "c", Map.of("y", 1));
		this.fixture.db.inTransaction((tx) -> {
			List<EntityRecord> saved = this.entities.saveAll("things", List.of(Map.of("id", "a", "x", 2),
					Map.of("id", "b", "x", 2), Map.of("id", "c", "z", 2), Map.of("id", "a", "x", 3)));
			assertThat(saved).extracting(EntityRecord::version).containsExactly(2L, 3L, 3L, 3L);
			assertThat(saved.get(1).fields()).containsEntry("x", 2).containsEntry("y", 1);
		});
		assertThat(versions("things", "a")).containsExactly(3L, 2L, 1L);
		assertThat(versions("things", "b")).containsExactly(3L, 2L, 1L);
		assertThat(versions("things", "c")).containsExactly(3L, 2L, 1L);
	}

	@Test
	@DisplayName("T12 a refused change of tables leaves the lock timeout of the transaction as it was")
	void whenTablesAreNotAnEntitysThenTheLockTimeoutStays() {
		Assumptions.assumeTrue(this.fixture.kind() == TestDatabase.POSTGRESQL);
		update("CREATE TABLE mine (id text)");
		this.fixture.db.inTransaction((tx) -> {
			assertThatExceptionOfType(EntitySchemaException.class)
				.isThrownBy(() -> this.entities.save("mine", "a", Map.of("x", 1)));
			assertThat(this.fixture.db.sql("SELECT current_setting('lock_timeout')").query(String.class).single())
				.isEqualTo("0");
		});
	}

	@Test
	@DisplayName("O2 a save that waits for the tables ends in its time")
	@NotOnClusters(value = "Galera changes tables at once, and aborts the transactions that use them",
			of = TestDatabase.MARIADB)
	@OnOneNode(OnOneNode.LOCKS)
	void whenTablesAreHeldThenASaveEndsInItsTime() throws Exception {
		Assumptions.assumeTrue(this.fixture.kind() != TestDatabase.SQLITE);
		this.entities.save("things", "a", Map.of("x", 1));
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> this.other.db.inTransaction((tx) -> {
			this.other.entities().save("things", "a", Map.of("x", 2));
			held.countDown();
			await(done);
		}));
		held.await();
		long start = System.nanoTime();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(
				() -> this.entities.save("things", "b", Map.of("new", 1), ChangeOptions.defaults().timeout(LIMIT)));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		done.countDown();
		holder.join();
	}

	@Test
	@DisplayName("V2 a change of tables lets those pass who wait for each other behind it")
	@NotOnClusters(value = "Galera changes tables at once, and aborts the transactions that use them",
			of = TestDatabase.MARIADB)
	@OnOneNode(OnOneNode.LOCKS)
	void whenRowsAndTablesWaitForEachOtherThenTheChangeLetsThemPass() {
		Assumptions.assumeTrue(List.of(TestDatabase.MYSQL, TestDatabase.MARIADB).contains(this.fixture.kind()));
		this.entities.save("things", "a", Map.of("x", 1));
		update("ALTER TABLE things ADD COLUMN y BIGINT");
		CountDownLatch usesHistory = new CountDownLatch(1);
		List<CompletableFuture<?>> others = new ArrayList<>();
		this.other.db.inTransaction((tx) -> {
			this.other.db.sql("UPDATE things SET x = 2").update();
			others.add(CompletableFuture.runAsync(() -> this.other.db.inTransaction((second) -> {
				copies();
				usesHistory.countDown();
				this.other.db.sql("UPDATE things SET x = 3").update();
			})));
			await(usesHistory);
			others.add(CompletableFuture.runAsync(() -> this.entities.save("things", "b", Map.of("y", 1))));
			Awaitility.await().until(() -> waitingForTables() > 0);
			copies();
		});
		others.forEach(CompletableFuture::join);
		assertThat(this.entities.get("things", "a").orElseThrow().fields()).containsEntry("x", 3);
		assertThat(this.entities.history("things", "b")).hasSize(1);
	}

	private int copies() {
		return this.other.db.sql("SELECT COUNT(*) FROM things_history").query(Integer.class).single();
	}

	private int waitingForTables() {
		return this.fixture.db
			.sql("SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'Waiting for table metadata lock'")
			.query(Integer.class)
			.single();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	void whenSomebodyElseIsFirstThenAnExpectedVersionOfZeroIsRefusedAsSuch() throws Exception {
		assertRefusedBehindSomebodyElse(() -> make(3));
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	void whenSomebodyElseIsFirstThenATransactionThatExpectsNoneIsToldSo() throws Exception {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		assertRefusedBehindSomebodyElse(() -> this.fixture.db.inTransaction((tx) -> {
			make(3);
		}));
	}

	private void make(int x) {
		this.entities.save("things", "a", Map.of("x", x), by("bob").expectedVersion(0));
	}

	/** Somebody else makes the entity first, and commits while this waits. */
	private void assertRefusedBehindSomebodyElse(ThrowingCallable making) throws Exception {
		this.entities.save("things", "z", Map.of("x", 1));
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		CompletableFuture<Void> first = CompletableFuture.runAsync(() -> this.other.db.inTransaction((tx) -> {
			this.other.entities().save("things", "a", Map.of("x", 2), by("ann").expectedVersion(0));
			held.countDown();
			await(done);
		}));
		held.await();
		CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(done::countDown);
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(making);
		first.join();
		assertThat(versions("things", "a")).containsExactly(1L);
	}

	private void update(String sql) {
		this.fixture.db.sql(sql).update();
	}

	private List<Long> versions(String entity, String id) {
		return this.entities.history(entity, id).stream().map(EntityVersion::version).toList();
	}

}
