package io.dbop.entity;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.dbop.execution.Scope;
import io.dbop.entity.cache.RowCache;
import io.dbop.sql.CacheStatistics;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Entities that are read through a cache within the JVM. */
@EachDatabase
class CachedEntityTests {

	private static final Executor THREADS = (task) -> new Thread(task, "cached-entity").start();

	private final ObservedCache cache;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	CachedEntityTests(DatabaseInstance instance) {
		CaffeineCacheManager manager = new CaffeineCacheManager();
		this.cache = new ObservedCache(manager.getCache("users"));
		this.fixture = new EntityFixture(instance, new EntityCaching(Set.of("users", "all_types"),
				(entity) -> entity.equals("users") ? this.cache : manager.getCache(entity), Duration.ofMinutes(1)));
		this.entities = this.fixture.entities();
		this.entities.save("users", "u", Map.of("x", 1));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenReadAgainThenTheDatabaseIsNotAsked() {
		EntityRecord first = this.entities.get("users", "u").orElseThrow();
		assertThat(connectionsOf(() -> assertThat(this.entities.get("users", "u")).contains(first))).isZero();
		assertThat(connectionsOf(
				() -> assertThat(this.entities.get("users", "u", ReadOptions.includingDeleted())).contains(first)))
			.isZero();
	}

	@Test
	void whenNotCachedThenTheCacheIsNotAsked() {
		this.entities.save("others", "o", Map.of("x", 1));
		this.cache.operations.clear();
		this.entities.get("others", "o");
		assertThat(connectionsOf(() -> this.entities.get("others", "o"))).isOne();
		this.entities.save("others", "o", Map.of("x", 2));
		assertThat(this.cache.operations).isEmpty();
	}

	@Test
	void whenTwoEntitiesShareTheKeysOfACacheThenNeitherFindsTheRowsOfTheOther() {
		EntityFixture other = new EntityFixture(this.fixture.instance,
				new EntityCaching(Set.of("users", "things"), (entity) -> this.cache, Duration.ofMinutes(1)));
		try (other) {
			other.entities().save("things", "u", Map.of("x", 7));
			other.entities().get("things", "u");
			assertThat(x()).isEqualTo(1);
			assertThat(other.entities().get("things", "u").orElseThrow().get("x")).isEqualTo(7);
		}
	}

	@Test
	void whenFoundThenItIsWhatTheDatabaseHolds() {
		EntityRepository<AllTypes> all = this.entities.typed(AllTypes.class);
		for (AllTypes each : List.of(AllTypes.full(), AllTypes.empty("empty"))) {
			String id = all.save(each).id();
			all.get(id);
			assertThat(connectionsOf(() -> assertThat(all.get(id)).contains(each))).isZero();
			List<EntityRecord> direct = this.entities.find("all_types", EntityQuery.where("[id] = ?", id));
			assertThat(connectionsOf(() -> assertThat(this.entities.get("all_types", id)).contains(direct.get(0))))
				.isZero();
		}
	}

	@Test
	void whenWhatWasFoundIsChangedThenOthersDoNotSeeIt() {
		this.entities.save("users", "m", Map.of("bytes", new byte[] { 1, 2 }));
		this.entities.get("users", "m");
		byte[] bytes = (byte[]) this.entities.get("users", "m").orElseThrow().get("bytes");
		bytes[0] = 9;
		assertThat(this.entities.get("users", "m").orElseThrow().get("bytes")).isEqualTo(new byte[] { 1, 2 });
	}

	@Test
	void whenTypedThenItIsCachedToo() {
		EntityRepository<User> users = this.entities.typed(User.class);
		users.save(new User("t", "Ann", List.of("a"), new BigDecimal("1.10"),
				OffsetDateTime.parse("2026-01-02T03:04+05:00")));
		User first = users.get("t").orElseThrow();
		assertThat(connectionsOf(() -> assertThat(users.get("t")).contains(first))).isZero();
		users.save(new User("t", "Bob", List.of(), BigDecimal.ONE, first.at()));
		assertThat(users.get("t").orElseThrow().name()).isEqualTo("Bob");
	}

	@Test
	void whenChangedInAnyWayThenTheNewStateIsRead() {
		for (int round = 0; round < 2; round++) {
			int x = 10 * round;
			changes(() -> this.entities.save("users", "u", Map.of("x", x + 2)), x + 2);
			changes(() -> this.entities.saveAll("users",
					List.of(Map.of("id", "v", "x", 1), Map.of("id", "u", "x", x + 3))), x + 3);
			changes(() -> this.entities.saveAll("users", List.of(Map.of("id", "u", "x", x + 4)).iterator()), x + 4);
			changes(() -> this.entities.save("users", "u", Map.of("x", x + 5),
					ChangeOptions.ofVersion(this.entities.get("users", "u").orElseThrow().version())), x + 5);
			changes(() -> this.entities.writer("users").save("u", Map.of("x", x + 6)).get(20, TimeUnit.SECONDS), x + 6);
			changes(() -> this.fixture.db.async()
				.entities()
				.save("users", "u", Map.of("x", x + 7))
				.get(20, TimeUnit.SECONDS), x + 7);
			changes(() -> this.fixture.db.inTransaction((tx) -> {
				this.entities.save("users", "u", Map.of("x", x + 8));
			}), x + 8);
			changes(() -> this.entities.delete("users", "u"), null);
			changes(() -> this.entities.restore("users", "u"), x + 8);
			changes(() -> this.entities.purge("users", "u"), null);
			changes(() -> this.entities.save("users", "u", Map.of("x", x + 9)), x + 9);
		}
	}

	@Test
	void whenItGetsAFieldThenThatIsRead() {
		this.entities.get("users", "u");
		this.entities.save("users", "other", Map.of("x", 1, "y", "new"));
		assertThat(this.entities.get("users", "u").orElseThrow().fields()).containsEntry("y", null);
		this.entities.save("users", "u", Map.of("y", "mine"));
		assertThat(this.entities.get("users", "u").orElseThrow().fields()).containsEntry("y", "mine");
	}

	@Test
	void whenInATransactionThenItsOwnStateIsReadAndNotKept() {
		this.entities.get("users", "u");
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u", Map.of("x", 2));
			assertThat(this.entities.get("users", "u").orElseThrow().get("x")).isEqualTo(2);
			assertThat(elsewhere(() -> this.entities.get("users", "u").orElseThrow().get("x"))).isEqualTo(1);
			undo();
		}));
		assertThat(x()).isEqualTo(1);
	}

	@Test
	void whenATransactionIsRolledBackAtItsCommitThenItIsCachedAgain() {
		this.entities.get("users", "u");
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u", Map.of("x", 2));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					undo();
				}

			});
		}));
		assertThat(x()).isEqualTo(1);
		assertThat(connectionsOf(this::x)).isZero();
	}

	@Test
	void whenAPartOfATransactionIsUndoneThenWhatStaysIsRead() {
		this.entities.get("users", "u");
		this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u", Map.of("x", 2));
			assertThatIllegalStateException()
				.isThrownBy(() -> this.fixture.db.execute((spec) -> spec.scope(Scope.SAVEPOINT).maxRetries(0), () -> {
					this.entities.saveAll("users", List.of(Map.of("id", "u", "x", 3), Map.of("id", "v", "x", 3)));
					undo();
					return true;
				}));
		});
		assertThat(x()).isEqualTo(2);
		assertThat(x()).isEqualTo(2);
	}

	@Test
	void whenTheTransactionIsNotOverThenNothingIsInvalidated() {
		this.entities.get("users", "u");
		this.cache.operations.clear();
		this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u", Map.of("x", 2));
			assertThat(this.cache.operations).isEmpty();
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					// Committed, and not told to the cache yet: it must not be asked.
					assertThat(elsewhere(CachedEntityTests.this::x)).isEqualTo(2);
				}

			});
		});
		assertThat(x()).isEqualTo(2);
	}

	@Test
	void whenARowIsReadBeforeACommitThenItIsNotFoundAfterIt() throws Exception {
		Pause pause = new Pause();
		this.cache.before = (operation) -> {
			if (operation.equals("put row:u")) {
				this.cache.before = (other) -> {
				};
				pause.here();
			}
		};
		CompletableFuture<Object> reader = CompletableFuture.supplyAsync(this::x, THREADS);
		pause.awaitReached();
		this.entities.save("users", "u", Map.of("x", 2));
		pause.end();
		assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(x()).isEqualTo(2);
		assertThat(x()).isEqualTo(2);
	}

	@Test
	void whenARowIsReadBetweenAStatementAndItsCommitThenItIsNotFoundAfterIt() throws Exception {
		Pause pause = new Pause();
		CompletableFuture<?> writer = CompletableFuture.runAsync(() -> this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u", Map.of("x", 2));
			pause.here();
		}), THREADS);
		pause.awaitReached();
		assertThat(x()).isEqualTo(1);
		assertThat(x()).isEqualTo(1);
		pause.end();
		writer.get(20, TimeUnit.SECONDS);
		assertThat(x()).isEqualTo(2);
	}

	@Test
	void whenACommitIsUnderWayThenNothingIsKept() {
		this.entities.get("users", "u");
		this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u", Map.of("x", 2));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					CachedEntityTests.this.cache.operations.clear();
					elsewhere(CachedEntityTests.this::x);
					assertThat(CachedEntityTests.this.cache.operations).containsExactly("get stamp:u");
				}

			});
		});
	}

	@Test
	void whenItIsChangedWithinTheTransactionOfAnotherDatabaseThenItsOwnCommitCounts() {
		try (EntityFixture other = new EntityFixture(this.fixture.instance)) {
			this.fixture.db.inTransaction((tx) -> {
				other.db.inTransaction((inner) -> {
					this.entities.save("users", "u", Map.of("x", 2));
				});
				assertThat(elsewhere(this::x)).isEqualTo(1);
			});
		}
		assertThat(x()).isEqualTo(2);
		assertThat(elsewhere(this::x)).isEqualTo(2);
	}

	@Test
	void whenAnotherDatabaseIsOnlyAskedThenItIsCachedAfterTheCommit() {
		try (EntityFixture other = new EntityFixture(this.fixture.instance)) {
			new TransactionTemplate(this.fixture.db.transactionManager()).executeWithoutResult((status) -> {
				other.db.jdbcTemplate().queryForObject("SELECT 1", Integer.class);
				this.entities.save("users", "u", Map.of("x", 2));
			});
		}
		x();
		assertThat(connectionsOf(() -> assertThat(x()).isEqualTo(2))).isZero();
	}

	@Test
	void whenASaveFailsAfterOneInDoubtThenTheDoubtStays() {
		RowCache rows = new RowCache("rows", this.cache, Duration.ofMinutes(1), () -> false);
		AtomicInteger reads = new AtomicInteger();
		Supplier<String> read = () -> rows
			.get("d", FailingCacheTests.PLAIN, () -> Optional.of("r" + reads.incrementAndGet()))
			.orElseThrow();
		rows.doubted(List.of("d"));
		rows.changing(List.of("d"));
		rows.unchanged(List.of("d"));
		assertThat(List.of(read.get(), read.get())).containsExactly("r1", "r2");
		long before = rows.changing(List.of("d"));
		rows.doubted(List.of("d"));
		rows.changed(List.of("d"), before);
		assertThat(List.of(read.get(), read.get())).as("a commit that began before the doubt")
			.containsExactly("r3", "r4");
		rows.changed(List.of("d"), rows.changing(List.of("d")));
		assertThat(List.of(read.get(), read.get())).containsExactly("r5", "r5");
	}

	@Test
	void whenTheCacheIsOlderThanAllowedThenTheDatabaseIsAsked() {
		EntityFixture brief = new EntityFixture(this.fixture.instance,
				new EntityCaching(Set.of("users"), (entity) -> this.cache, Duration.ofMillis(1)));
		try (brief) {
			brief.entities().get("users", "u");
			Instant read = Instant.now();
			while (!Instant.now().isAfter(read.plusMillis(1))) {
				Thread.onSpinWait();
			}
			this.fixture.db.sql("UPDATE [users] SET [x] = 7 WHERE [id] = 'u'").update();
			assertThat(brief.entities().get("users", "u").orElseThrow().get("x")).isEqualTo(7);
		}
	}

	@Test
	void whenUsedThenItIsCounted() {
		x();
		x();
		x();
		this.entities.save("users", "u", Map.of("x", 2));
		this.cache.before = (operation) -> {
			throw new IllegalStateException("the cache is down");
		};
		x();
		CacheStatistics statistics = this.fixture.engine.caches().statistics().get("entity:users");
		assertThat(statistics).isEqualTo(new CacheStatistics(2, 2, 2, CacheStatistics.UNKNOWN, 1));
	}

	private void changes(Change change, Object expected) {
		x();
		x();
		try {
			change.run();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		assertThat(x()).isEqualTo(expected);
		assertThat(x()).isEqualTo(expected);
	}

	private Object x() {
		return this.entities.get("users", "u").map((user) -> user.get("x")).orElse(null);
	}

	private static void undo() {
		throw new IllegalStateException("undo");
	}

	private static <T> T elsewhere(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, THREADS).orTimeout(20, TimeUnit.SECONDS).join();
	}

	private long connectionsOf(Runnable action) {
		long before = this.fixture.pool.statistics().acquired();
		action.run();
		return this.fixture.pool.statistics().acquired() - before;
	}

	/** Something that changes an entity. */
	@FunctionalInterface
	interface Change {

		void run() throws Exception;

	}

	@DbEntity("users")
	record User(String id, String name, List<String> tags, BigDecimal amount, OffsetDateTime at) {
	}

}
