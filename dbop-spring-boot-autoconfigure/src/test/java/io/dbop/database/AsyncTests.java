package io.dbop.database;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.execution.Scope;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.statement.InvalidParametersException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Work on other threads, and its end from outside. */
@EachDatabase
@Timeout(60)
class AsyncTests {

	private final HandleFixture fixture;

	private final Database db;

	AsyncTests(DatabaseInstance instance) {
		this.fixture = new HandleFixture(instance);
		this.db = this.fixture.database;
	}

	@BeforeEach
	void table() {
		this.db.sql("CREATE TABLE [item] ([id] INTEGER PRIMARY KEY, [name] VARCHAR(20))").update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenStatementsAreRunThenTheirResultsComeLater() throws Exception {
		assertThat(get(this.db.async().sql("INSERT INTO [item] VALUES (?, ?)").params(1, "one").update())).isOne();
		assertThat(get(this.db.async()
			.sql("INSERT INTO [item] VALUES (:id, :name)")
			.batch(List.of(new Item(2, "two"), new Item(3, "three"))))).hasSize(2);
		assertThat(get(this.db.async().sql("SELECT * FROM [item] WHERE [id] = ?").params(2).optional(Item.class)))
			.isEqualTo(Optional.of(new Item(2, "two")));
		assertThat(get(this.db.async().sql("SELECT [id] FROM [item] ORDER BY [id]").list(Integer.class)))
			.containsExactly(1, 2, 3);
		assertThat(get(this.db.async().sql("SELECT count(*) FROM [item]").single(Long.class))).isEqualTo(3);
		assertThat(get(this.db.async().sql("SELECT [id] FROM [item]").listOfRows())).hasSize(3);
		int rows = get(this.db.async().inTransaction((tx) -> {
			tx.sql("DELETE FROM [item]").update();
			tx.setRollbackOnly();
			return tx.sql("SELECT count(*) FROM [item]").single(Integer.class);
		}));
		assertThat(rows).isZero();
		assertThat(get(this.db.async()
			.execute((spec) -> spec.named("count"),
					() -> this.db.sql("SELECT count(*) FROM [item]").single(Integer.class))))
			.isEqualTo(3);
	}

	@Test
	@DisplayName("a statement has the values that it was given, whatever becomes of their objects")
	void whenTheObjectsChangeMeanwhileThenTheStatementHasWhatItWasGiven() throws Exception {
		this.db.sql("INSERT INTO [item] VALUES (?, ?)").batch(List.of(List.of(1, "a"), List.of(2, "b"))).execute();
		Changing bean = new Changing(3, "given");
		List<Object> row = new ArrayList<>(List.of(4, "given"));
		List<Integer> ids = new ArrayList<>(List.of(1));
		List<DatabaseSession> held = new ArrayList<>();
		for (int i = this.fixture.pool.status().max(); i > 0; i--) {
			held.add(this.db.open());
		}
		CompletableFuture<Integer> inserted = this.db.async()
			.sql("INSERT INTO [item] VALUES (:id, :name)")
			.paramSource(bean)
			.update();
		CompletableFuture<int[]> batch = this.db.async().sql("INSERT INTO [item] VALUES (?, ?)").batch(List.of(row));
		CompletableFuture<Integer> deleted = this.db.async()
			.sql("DELETE FROM [item] WHERE [id] IN (:ids)")
			.param("ids", ids)
			.update();
		bean.name = "changed";
		row.set(1, "changed");
		ids.set(0, 2);
		held.forEach(DatabaseSession::close);
		get(inserted);
		get(batch);
		get(deleted);
		assertThat(this.db.sql("SELECT [name] FROM [item] ORDER BY [id]").list(String.class)).containsExactly("b",
				"given", "given");
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	void whenItFailsThenTheFutureTells() {
		assertFailure(this.db.async().sql("SELECT ?").list(String.class), InvalidParametersException.class);
		assertFailure(this.db.async().<String, IOException>inTransaction((tx) -> {
			throw new IOException("no");
		}), IOException.class);
	}

	private static void assertFailure(CompletableFuture<?> future, Class<? extends Throwable> type) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(future)).withCauseInstanceOf(type);
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	void whenCancelledThenTheStatementIsGoneFromTheServer() {
		CompletableFuture<?> future = this.db.async().sql(this.fixture.endless()).list(String.class);
		awaitRunning();
		future.cancel(true);
		assertGone();
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	void whenOutOfTimeThenTheStatementIsGoneFromTheServer() {
		CompletableFuture<?> future = this.db.async()
			.sql(this.fixture.endless())
			.list(String.class)
			.orTimeout(2, TimeUnit.SECONDS);
		awaitRunning();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(future))
			.withCauseInstanceOf(TimeoutException.class);
		assertGone();
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	void whenCancelledInATransactionThenItIsRolledBackAndNotRepeated() {
		CompletableFuture<?> future = this.db.async().inTransaction((tx) -> {
			tx.sql("INSERT INTO [item] ([id]) VALUES (1)").update();
			return tx.sql(this.fixture.endless()).list(String.class);
		});
		awaitRunning();
		future.cancel(true);
		assertGone();
		assertThat(this.db.sql("SELECT count(*) FROM [item]").single(Integer.class)).isZero();
	}

	@Test
	void whenItIsDoneThenWhoeverGoesOnInItsThreadIsNotInterrupted() throws Exception {
		for (int i = 0; i < 50; i++) {
			CompletableFuture<Integer> future = this.db.async().sql("SELECT 1").single(Integer.class);
			CompletableFuture<Boolean> interrupted = future
				.handle((one, failure) -> Thread.currentThread().isInterrupted());
			assertThat(get(interrupted)).isFalse();
			future.cancel(true);
			assertThat(future.isCancelled()).isFalse();
		}
	}

	@Test
	void whenManyAreCancelledAtAnyMomentThenNothingIsLeftBehind() throws Exception {
		for (int i = 0; i < 100; i++) {
			CompletableFuture<Integer> future = this.db.async().inTransaction((tx) -> {
				tx.sql("INSERT INTO [item] ([id]) VALUES (1)").update();
				return tx.sql("DELETE FROM [item]").update();
			});
			Thread.onSpinWait();
			java.util.concurrent.locks.LockSupport.parkNanos(i * 20_000L);
			future.cancel(true);
		}
		await().untilAsserted(() -> assertThat(this.fixture.pool.status().active()).isZero());
		for (int i = 0; i < 4; i++) {
			assertThat(get(this.db.async().sql("SELECT count(*) FROM [item]").single(Integer.class))).isZero();
		}
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	void whenCancelledWhileItWaitsThenItNeverBegins() {
		List<CompletableFuture<?>> running = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			running.add(this.db.async().sql(this.fixture.endless()).list(String.class));
		}
		await().until(() -> this.fixture.pool.status().active() == 2);
		CompletableFuture<?> waiting = this.db.async().sql("INSERT INTO [item] ([id]) VALUES (1)").update();
		waiting.cancel(true);
		running.forEach((each) -> each.cancel(true));
		assertGone();
		assertThat(this.db.sql("SELECT count(*) FROM [item]").single(Integer.class)).isZero();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need 21")
	void whenTenThousandWaitThenEachIsServedInItsTurn() throws Exception {
		int callers = (this.fixture.kind() == TestDatabase.SQLITE || this.fixture.kind() == TestDatabase.H2) ? 10_000
				: 5_000;
		List<CompletableFuture<Integer>> all = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			all.add(this.db.async().sql("SELECT 1").single(Integer.class));
		}
		for (CompletableFuture<Integer> each : all) {
			assertThat(each.get(30, TimeUnit.SECONDS)).isOne();
		}
		assertThat(this.fixture.pool.status().active()).isZero();
	}

	private void awaitRunning() {
		await().atMost(Duration.ofSeconds(5)).until(() -> this.fixture.pool.status().active() > 0);
		if (server()) {
			await().atMost(Duration.ofSeconds(5)).until(() -> running() > 0);
		}
	}

	private void assertGone() {
		await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
			assertThat(this.fixture.pool.status().active()).isZero();
			assertThat(running()).isZero();
		});
		assertThat(this.db.sql("SELECT 1").single(Integer.class)).isOne();
	}

	private boolean server() {
		return this.fixture.kind() != TestDatabase.SQLITE && this.fixture.kind() != TestDatabase.H2;
	}

	/** How many endless statements run on the server. */
	private int running() {
		return switch (this.fixture.kind()) {
			case POSTGRESQL -> this.db
				.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
						+ " AND pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '%pg_sleep(%'")
				.single(Integer.class);
			case MARIADB,
					MYSQL ->
				this.db
					.sql("SELECT count(*) FROM information_schema.processlist"
							+ " WHERE id <> connection_id() AND db = database() AND info LIKE 'select sleep(%'")
					.single(Integer.class);
			case HSQLDB -> this.db
				.sql("SELECT count(*) FROM information_schema.system_sessions"
						+ " WHERE session_id <> session_id() AND current_statement LIKE '%dbop_test.numbers%'")
				.single(Integer.class);
			default -> 0;
		};
	}

	private static <T> T get(CompletableFuture<T> future) throws Exception {
		return future.get(20, TimeUnit.SECONDS);
	}

	/** What a row is made of, and others after it. */
	public static final class Changing {

		private final int id;

		private String name;

		Changing(int id, String name) {
			this.id = id;
			this.name = name;
		}

		public int getId() {
			return this.id;
		}

		public String getName() {
			return this.name;
		}

	}

	/** A row. */
	record Item(int id, String name) {
	}

	@Test
	void whenWorkElsewhereHasWrittenThenTheCallIsNotRepeated() {
		assertThat(attempts(() -> get(this.db.async().sql("UPDATE [item] SET [id] = [id]").update()))).isOne();
	}

	@Test
	void whenWorkElsewhereHasReadThenTheCallIsRepeated() {
		assertThat(attempts(() -> get(this.db.async().sql("SELECT count(*) FROM [item]").single(Long.class))))
			.isEqualTo(2);
	}

	/** How often a call is made whose first attempt ends in what may be repeated. */
	private int attempts(Callable<?> elsewhere) {
		AtomicInteger attempts = new AtomicInteger();
		try {
			this.db.execute(
					(spec) -> spec.scope(Scope.NONE)
						.classifier((failure) -> Classification.retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION)),
					() -> {
						elsewhere.call();
						if (attempts.incrementAndGet() == 1) {
							throw new IllegalStateException("conflict");
						}
					});
		}
		catch (Exception ex) {
			assertThat(ex).isInstanceOf(IllegalStateException.class);
		}
		return attempts.get();
	}

}
