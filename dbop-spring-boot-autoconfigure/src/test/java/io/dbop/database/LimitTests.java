package io.dbop.database;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.dbop.statement.StatementSpec;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Limits that a statement has of its own: on the server, and for it alone. */
@EachDatabase(also = TestDatabase.HSQLDB)
@Timeout(60)
class LimitTests {

	private static final Duration BRIEF = Duration.ofMillis(300);

	private static final Duration USUAL = Duration.ofMillis(1500);

	private final DatabaseInstance instance;

	private final HandleFixture fixture;

	private final Database db;

	LimitTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new HandleFixture(instance, (config) -> config.queryExecutionTimeout(USUAL).poolMax(1));
		this.db = this.fixture.database;
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	@DisplayName("O1 a statement that ran out of its time is gone from the server, and its connection lives")
	void whenTheTimeIsOverThenTheServerHasEndedTheStatement() {
		assertThat(timeOf(() -> assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.db.sql(this.fixture.endless()).timeout(BRIEF).list(String.class))))
			.isBetween(Duration.ofMillis(250), Duration.ofMillis(1900));
		await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(running()).isZero());
		assertThat(this.db.sql("SELECT 1").single(Integer.class)).isOne();
	}

	@Test
	@DisplayName("O2 a timeout of its own is shorter or longer than the configured one, and never extends that around it")
	void whenAStatementHasItsOwnTimeThenItIsThatWhichCounts() {
		assertThat(timeOf(() -> failure(this.db.sql(this.fixture.endless()).timeout(BRIEF)))).isLessThan(USUAL);
		assertThat(timeOf(() -> failure(this.db.sql(this.fixture.endless())))).isBetween(USUAL.minusMillis(100),
				USUAL.plusMillis(1800));
		Duration longer = USUAL.plusMillis(1000);
		assertThat(timeOf(() -> failure(this.db.sql(this.fixture.endless()).timeout(longer))))
			.isBetween(longer.minusMillis(100), longer.plusMillis(1500));
		assertThat(timeOf(
				() -> catchThrowable(() -> this.db.<Object, RuntimeException>execute((spec) -> spec.timeout(BRIEF),
						() -> this.db.sql(this.fixture.endless()).timeout(longer).list(String.class)))))
			.isLessThan(USUAL);
	}

	@OnOneNode(OnOneNode.SESSIONS)
	@Test
	void whenSetThenTheSettingsAreAsBeforeForTheNextStatement() {
		String before = settings();
		this.db.sql("SELECT 1")
			.timeout(Duration.ofSeconds(30))
			.lockTimeout(Duration.ofSeconds(3))
			.single(Integer.class);
		assertThat(settings()).isEqualTo(before);
		failure(this.db.sql(this.fixture.endless()).timeout(BRIEF).lockTimeout(Duration.ofSeconds(3)));
		assertThat(settings()).isEqualTo(before);
		this.db.inTransaction((tx) -> {
			tx.sql("SELECT 1").timeout(Duration.ofSeconds(30)).lockTimeout(Duration.ofSeconds(3)).single(Integer.class);
			assertThat(settings()).isEqualTo(before);
		});
		assertThat(settings()).isEqualTo(before);
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			session.sql("CREATE TABLE [item] ([id] INTEGER)")
				.timeout(Duration.ofSeconds(30))
				.lockTimeout(Duration.ofSeconds(3))
				.update();
		}
		assertThat(settings()).isEqualTo(before);
	}

	/** What the session says of its limits. */
	private String settings() {
		String sql = switch (this.fixture.kind()) {
			case POSTGRESQL -> "SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')";
			case MARIADB -> "SELECT concat(@@max_statement_time, ' ', @@innodb_lock_wait_timeout)";
			case MYSQL -> "SELECT concat(@@max_execution_time, ' ', @@innodb_lock_wait_timeout)";
			case H2 -> "SELECT LOCK_TIMEOUT() || ' ' || (SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
					+ " WHERE SETTING_NAME = 'QUERY_TIMEOUT')";
			case SQLITE -> "PRAGMA busy_timeout";
			case HSQLDB -> "SELECT 'it has none'";
		};
		return this.db.sql(sql).single(String.class);
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenALockIsHeldTooLongThenTheStatementGivesUp() throws Exception {
		this.db.sql("CREATE TABLE [item] ([id] INTEGER PRIMARY KEY, [n] INTEGER)").update();
		this.db.sql("INSERT INTO [item] VALUES (1, 1)").update();
		try (HandleFixture other = new HandleFixture(this.instance); DatabaseSession holder = other.database.open()) {
			holder.begin();
			holder.sql("UPDATE [item] SET [n] = 2 WHERE [id] = 1").update();
			boolean limitsWaits = this.fixture.kind() != TestDatabase.HSQLDB;
			StatementSpec blocked = this.db.sql("UPDATE [item] SET [n] = 3 WHERE [id] = 1")
				.maxRetries(0)
				.timeout(Duration.ofSeconds(limitsWaits ? 20 : 1))
				.lockTimeout(Duration.ofSeconds(1));
			assertThat(timeOf(() -> assertThatExceptionOfType(
					limitsWaits ? ConcurrencyFailureException.class : DataAccessException.class)
				.isThrownBy(blocked::update))).isBetween(Duration.ofMillis(700), Duration.ofSeconds(6));
			holder.rollback();
		}
		assertThat(this.db.sql("UPDATE [item] SET [n] = 4 WHERE [id] = 1").update()).isOne();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheAliasLimitsWaitsForLocksThenEachStatementGivesUp() {
		assumeThat(this.fixture.kind()).as("has no limit to waits for locks").isNotEqualTo(TestDatabase.HSQLDB);
		this.db.sql("CREATE TABLE [item] ([id] INTEGER PRIMARY KEY, [n] INTEGER)").update();
		this.db.sql("INSERT INTO [item] VALUES (1, 1)").update();
		try (HandleFixture other = new HandleFixture(this.instance,
				(config) -> config.lockTimeout(Duration.ofSeconds(1))); DatabaseSession holder = this.db.open()) {
			holder.begin();
			holder.sql("UPDATE [item] SET [n] = 2 WHERE [id] = 1").update();
			StatementSpec blocked = other.database.sql("UPDATE [item] SET [n] = 3 WHERE [id] = 1").maxRetries(0);
			assertThat(timeOf(
					() -> assertThatExceptionOfType(ConcurrencyFailureException.class).isThrownBy(blocked::update)))
				.isBetween(Duration.ofMillis(700), Duration.ofSeconds(6));
		}
	}

	@Test
	@DisplayName("O5 a statement that ran out of its time in the caller's transaction: nothing but a rollback helps")
	@OnOneNode(OnOneNode.CANCELS)
	void whenInATransactionThenOnlyARollbackHelpsOnPostgres() {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			failure(session.sql(this.fixture.endless()).timeout(BRIEF));
			if (this.fixture.kind() == TestDatabase.POSTGRESQL) {
				Throwable next = failure(session.sql("SELECT 1"));
				assertThat(next).hasStackTraceContaining("current transaction is aborted");
			}
			session.rollback();
			assertThat(session.sql("SELECT 1").single(Integer.class)).isOne();
		}
	}

	@Test
	void whenTheCallerWaitsForAConnectionThenThatCountsToo() throws Exception {
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try (DatabaseSession holder = threads.submit(this.db::open).get(5, TimeUnit.SECONDS)) {
			assertThat(timeOf(() -> failure(this.db.sql("SELECT 1").timeout(BRIEF)))).isBetween(Duration.ofMillis(250),
					Duration.ofMillis(1500));
			Future<?> given = threads.submit(() -> {
				await().until(() -> this.fixture.pool.status().waiting() > 0);
				holder.close();
			});
			assertThat(this.db.sql("SELECT 1").timeout(Duration.ofSeconds(5)).single(Integer.class)).isOne();
			given.get(5, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Throwable failure(StatementSpec statement) {
		Throwable failure = catchThrowable(() -> statement.query((row) -> {
		}));
		assertThat(failure).isInstanceOf(DataAccessException.class);
		return failure;
	}

	private static Duration timeOf(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/** How many statements run on the server beside the one that asks. */
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

}
