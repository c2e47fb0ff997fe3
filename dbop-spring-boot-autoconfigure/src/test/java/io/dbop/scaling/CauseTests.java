package io.dbop.scaling;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.Borrower;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Each cause of trouble is brought about on a real database, and has to be found in the
 * advice: it, and no other.
 */
@EachDatabase
class CauseTests {

	private static final int POOL = 3;

	private final DatabaseInstance database;

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private final CountDownLatch end = new CountDownLatch(1);

	private @Nullable ConfigurableApplicationContext application;

	CauseTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() throws InterruptedException {
		this.end.countDown();
		this.callers.shutdownNow();
		assertThat(this.callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	@DisplayName("healthy: a load that the pool can take, with figures of it")
	void whenThereIsRoomThenTheDatabaseIsWell() {
		start(this.database);
		for (int i = 0; i < 100; i++) {
			jdbc().queryForObject("select 1", Integer.class);
		}
		Report report = report();
		assertOnly(report, Advice.HEALTHY);
		assertThat(report.level()).isEqualTo(AdviceLevel.OK);
		assertThat(report.situation().capacity().servers()).isOne();
		assertThat(report.situation().lastMinute().pool().acquired()).isGreaterThanOrEqualTo(100);
		assertThat(report.advice().get(0).figures()).containsEntry("poolMax", POOL);
	}

	@Test
	@DisplayName("slow statements: named with their text, while they run and when they have ended")
	void whenSlowStatementsHoldTheConnectionsThenTheyAreNamed() {
		assumeThat(this.database.database()).as("sleeps").isNotEqualTo(TestDatabase.SQLITE);
		start(this.database, "dbop.slow-query.threshold=300ms");
		String slow = this.database.sleepSql(Duration.ofMillis(900));
		load(2 * POOL, () -> jdbc().execute(slow));
		Report report = await().until(this::report, CauseTests::pressing);
		Advice advice = assertOnly(report, Advice.SLOW_STATEMENTS);
		assertThat(advice.sentence().toLowerCase()).contains("sleep");
		assertThat(advice.sentence()).doesNotContain("0.9");
		assertThat((Double) advice.figures().get("shareOfHeldTime")).isGreaterThan(0.5);
		this.end.countDown();
		await().until(() -> pool().status().active() == 0);
		assertOnly(report(), Advice.SLOW_STATEMENTS);
	}

	@Test
	@DisplayName("a leak: named with who took the connection")
	void whenConnectionsAreNotGivenBackThenTheirHolderIsNamed() throws SQLException {
		start(this.database, "dbop.leak-detection.threshold=200ms");
		List<Connection> forgotten = new ArrayList<>();
		try {
			for (int i = 0; i < POOL; i++) {
				forgotten.add(Borrower.forget(pool().dataSource()));
			}
			load(2, () -> jdbc().queryForObject("select 1", Integer.class));
			Report report = await().until(this::report, (each) -> pressing(each) && found(each, Advice.LEAK));
			Advice advice = assertOnly(report, Advice.LEAK);
			assertThat(advice.sentence()).contains("Borrower.forget", "3 of the connections");
		}
		finally {
			for (Connection each : forgotten) {
				each.close();
			}
		}
	}

	@Test
	@DisplayName("no leak: a connection that is held for long and used again and again")
	void whenAConnectionIsUsedAgainAndAgainThenItIsNoLeak() throws SQLException {
		start(this.database, "dbop.leak-detection.threshold=500ms");
		try (Connection connection = pool().dataSource().getConnection()) {
			JdbcTemplate working = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			long start = System.nanoTime();
			while (System.nanoTime() - start < Duration.ofMillis(1500).toNanos()) {
				working.queryForObject("select 1", Integer.class);
				assertOnly(report(), Advice.HEALTHY);
			}
			await().untilAsserted(() -> assertOnly(report(), Advice.LEAK));
		}
	}

	@Test
	@DisplayName("nested acquisition: holders that wait for a second connection")
	void whenHoldersWantASecondConnectionThenThatIsNamed() {
		start(this.database);
		DataSource dataSource = pool().dataSource();
		CyclicBarrier all = new CyclicBarrier(POOL);
		load(POOL, () -> {
			try (Connection first = dataSource.getConnection()) {
				all.await(10, TimeUnit.SECONDS);
				Borrower.forget(dataSource).close();
				assertThat(first).isNotNull();
			}
			finally {
				all.await(10, TimeUnit.SECONDS);
			}
		});
		Report report = await().until(this::report, (each) -> found(each, Advice.NESTED_ACQUISITION));
		Advice advice = assertOnly(report, Advice.NESTED_ACQUISITION);
		assertThat((Long) advice.figures().get("nestedFailures")).isPositive();
	}

	@Test
	@DisplayName("a pool too small: quick statements, more callers than it can serve, and how many servers they need")
	void whenTheLoadNeedsMoreConnectionsThenThePoolIsTooSmall() {
		assumeThat(this.database.database()).as("sleeps").isNotEqualTo(TestDatabase.SQLITE);
		start(this.database);
		String quick = this.database.sleepSql(Duration.ofMillis(100));
		load(8 * POOL, () -> jdbc().execute(quick));
		Report report = await().until(this::report,
				(each) -> pressing(each) && each.situation().lastMinute().pool().released() > 60);
		Advice advice = assertOnly(report, Advice.POOL_TOO_SMALL);
		assertThat(report.level()).isEqualTo(AdviceLevel.CRITICAL);
		assertThat(report.situation().band()).isEqualTo(TimeoutBand.CRITICAL);
		Capacity capacity = report.situation().capacity();
		assertThat(capacity.connections()).isGreaterThan(POOL);
		assertThat(capacity.servers()).isGreaterThan(1);
		assertThat(advice.action()).contains("add application servers", capacity.servers() + " servers");
		if (this.database.database() != TestDatabase.H2) {
			await().untilAsserted(
					() -> assertThat(report().situation().capacity().server()).isNotNull().satisfies((server) -> {
						assertThat(server.max()).isGreaterThan(POOL);
						assertThat(server.inUse()).isGreaterThanOrEqualTo(POOL);
					}));
		}
	}

	@Test
	@DisplayName("the database at its limit: it refuses connections that the pool still wants")
	void whenTheDatabaseRefusesConnectionsThenItsLimitIsNamed() throws SQLException {
		assumeThat(this.database.database()).as("has limits")
			.isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		String user = "limited" + Long.toString(System.nanoTime(), 36);
		limitedUser(user);
		start(this.database, "dbop.databases.main.username=" + user, "dbop.databases.main.password=limited",
				"dbop.databases.main.pool.max=6", "dbop.databases.main.pool.min=1", "dbop.slow-query.threshold=30s");
		String sleep = this.database.sleepSql(Duration.ofMillis(200));
		jdbc().queryForObject("select 1", Integer.class);
		await().until(() -> report().situation().capacity().server() != null);
		ServerQuestion question = new ServerQuestion(pool(), Runnable::run);
		long now = System.nanoTime();
		question.askIfDue(now, true);
		load(12, () -> jdbc().execute(sleep));
		Report report = await().until(this::report,
				(each) -> pressing(each) && found(each, Advice.DATABASE_CONNECTION_LIMIT));
		Advice advice = assertOnly(report, Advice.DATABASE_CONNECTION_LIMIT);
		assertThat(advice.figures()).containsEntry("serverMax", 3).containsEntry("serverLimit", "user");
		question.askIfDue(now + TimeUnit.MINUTES.toNanos(1), true);
		assertThat(question.answer(now)).as("who asks is refused as well").isNotNull().satisfies((server) -> {
			assertThat(server.inUse()).isEqualTo(3);
			assertThat(server.room()).isZero();
		});
	}

	@Test
	@DisplayName("a breaker that is open: named with its last failure")
	void whenABreakerIsOpenThenItIsNamed() {
		assumeThat(this.database.database()).as("speaks over the wire")
			.isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.database.proxy()) {
			start(this.database.through(proxy), "dbop.databases.main.retry.max-retries=0");
			Database main = application().getBean(Databases.class).get("main");
			main.sql("select 1").single(Integer.class);
			proxy.down();
			load(2, () -> main.sql("select 1").single(Integer.class));
			Report report = await().until(this::report, (each) -> each.situation().breakerOpen());
			Advice advice = assertOnly(report, Advice.BREAKER_OPEN);
			assertThat(report.level()).isEqualTo(AdviceLevel.CRITICAL);
			assertThat(advice.sentence()).contains("'main'", "last failure");
		}
	}

	@Test
	@DisplayName("a retry storm: repeated calls make up much of the load")
	void whenRetriesMakeUpTheLoadThenThatIsNamed() throws SQLException {
		start(this.database, "dbop.databases.main.lock-timeout=20ms", "dbop.databases.main.retry.initial-delay=1ms",
				"dbop.databases.main.retry.max-delay=5ms", "dbop.databases.main.pool.max=8",
				"dbop.databases.main.connection-acquisition-timeout=20s");
		Database main = application().getBean(Databases.class).get("main");
		jdbc().execute("create table item (id int primary key, amount int)");
		main.sql("insert into item values (1, 0)").update();
		try (Connection holder = this.database.dataSource().getConnection()) {
			holder.setAutoCommit(false);
			new JdbcTemplate(new SingleConnectionDataSource(holder, true))
				.update("update item set amount = 1 where id = 1");
			load(8, () -> main.inTransaction((tx) -> {
				tx.sql("update item set amount = amount + 1 where id = 1").update();
			}));
			Report report = await().atMost(Duration.ofSeconds(60))
				.until(this::report, (each) -> each.level() != AdviceLevel.OK);
			Advice advice = assertOnly(report, Advice.RETRY_STORM);
			assertThat((Long) advice.figures().get("retries")).isGreaterThanOrEqualTo(20);
			this.end.countDown();
			holder.rollback();
		}
	}

	@Test
	@DisplayName("a retry storm: the retry budget keeps it from the database, and it is named all the same")
	void whenTheBudgetHoldsRetriesDownThenTheStormIsNamed() {
		start(this.database, "dbop.databases.main.retry.initial-delay=1ms", "dbop.databases.main.retry.max-delay=5ms",
				"dbop.databases.main.retry.budget.burst=0", "dbop.databases.main.circuit-breaker.enabled=false");
		Database main = application().getBean(Databases.class).get("main");
		load(2, () -> catchThrowable(() -> main.<Object, Exception>execute(
				(spec) -> spec
					.classifier((failure) -> Classification.retryable(FailureKind.OUT_OF_RESOURCES, Redo.TRANSACTION)),
				() -> {
					throw new IllegalStateException("the server has no memory left");
				})));
		Report report = await().atMost(Duration.ofSeconds(60))
			.until(this::report, (each) -> each.level() != AdviceLevel.OK);
		Advice advice = assertOnly(report, Advice.RETRY_STORM);
		assertThat((Long) advice.figures().get("denied")).isGreaterThan((Long) advice.figures().get("retries"));
	}

	private void start(DatabaseInstance at, String... more) {
		this.application = Applications.start(None.class,
				Stream
					.of(Applications.alias("main", at),
							new String[] { "dbop.databases.main.pool.max=" + POOL, "dbop.databases.main.pool.min=1",
									"dbop.databases.main.connection-acquisition-timeout=250ms",
									"dbop.advice.interval=200ms" },
							more)
					.flatMap(Stream::of)
					.toArray(String[]::new));
		jdbc();
	}

	private ConfigurableApplicationContext application() {
		return Objects.requireNonNull(this.application);
	}

	private JdbcTemplate jdbc() {
		return application().getBean(JdbcTemplate.class);
	}

	private ConnectionPool pool() {
		return application().getBean(PoolRegistry.class).get("main");
	}

	private Report report() {
		return Objects.requireNonNull(application().getBean(DatabaseAdvisor.class).report("main"));
	}

	/** Callers that go on until the test ends, whatever they meet with. */
	private void load(int callers, Call call) {
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			running.add(this.callers.submit(() -> {
				while (this.end.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
					try {
						call.run();
					}
					catch (DataAccessException | SQLException ex) {
						// What callers of a database in trouble meet with.
					}
				}
				return null;
			}));
		}
		assertThat(running).hasSize(callers);
	}

	private void limitedUser(String user) throws SQLException {
		JdbcTemplate admin = new JdbcTemplate(this.database.dataSource());
		if (this.database.database() == TestDatabase.POSTGRESQL) {
			admin.execute("create role " + user + " login password 'limited' connection limit 3");
			return;
		}
		admin.execute("create user " + user + " identified by 'limited' with max_user_connections 3");
		admin.execute("grant all on *.* to " + user);
	}

	private static boolean pressing(Report report) {
		return report.situation().lastMinute().pool().timeouts() >= 5 && report.situation().contended();
	}

	private static boolean found(Report report, String cause) {
		return report.advice().stream().anyMatch((each) -> each.cause().equals(cause));
	}

	private static Advice assertOnly(Report report, String cause) {
		assertThat(report.advice()).as("%s", report).extracting(Advice::cause).containsExactly(cause);
		return report.advice().get(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class None {

	}

	@FunctionalInterface
	private interface Call {

		void run() throws Exception;

	}

}
