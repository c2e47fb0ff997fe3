package io.dbop.fault;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.execution.DatabaseAction;
import io.dbop.execution.ExecutionSpec;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolStatus;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.FaultForm;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What thousands of failed calls leave behind: nothing. */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class FailedCallsTests {

	/** On each database, half of them on dbop's own pool, half on an adopted one. */
	private static final int CALLS = FaultForm.choose(300, 10_000);

	private static final int THREADS = 16;

	private static final int WIDTH = 4;

	/** Threads of executors that come and go. */
	private static final int FEW = 4;

	private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(60);

	/** The breaker opens when it is told to. */
	private static final int NEVER = 10_000;

	/** A connection takes more than this, and so does a transaction that is kept. */
	private static final long BYTES_PER_CALL = 512;

	/** Classes that are loaded late, buffers that grow once. */
	private static final long BYTES_BESIDES = 3_000_000;

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final ApplicationContextRunner application;

	private final AtomicInteger ids = new AtomicInteger();

	private final Collection<WeakReference<Throwable>> failures = new ConcurrentLinkedQueue<>();

	FailedCallsTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		JdbcClient.create(database.dataSource()).sql("create table item (id integer)").update();
		DatabaseInstance behind = database.through(this.proxy);
		this.application = Applications.jdbc()
			.withPropertyValues(Applications.alias("main", behind))
			.withPropertyValues("dbop.databases.main.pool.max=" + WIDTH, "dbop.databases.main.pool.min=" + WIDTH,
					"dbop.databases.main.connection-acquisition-timeout=250ms",
					"dbop.databases.main.circuit-breaker.failure-threshold=" + NEVER,
					"dbop.databases.adopted.circuit-breaker.failure-threshold=" + NEVER)
			.withBean("adoptedDataSource", HikariDataSource.class, () -> hikari(behind));
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	@DisplayName("leaks: failed calls of all kinds leave no thread, no connection and no memory")
	void whenThousandsOfCallsHaveFailedThenNothingOfThemIsLeft() {
		this.application.run((context) -> {
			List<Target> targets = new ArrayList<>();
			BreakerRegistry breakers = context.getBean(BreakerRegistry.class);
			for (Database each : context.getBean(Databases.class).all()) {
				ConnectionPool pool = Objects.requireNonNull(ConnectionPool.of(each.dataSource()));
				targets.add(new Target(each, pool, breakers.breaker(each.alias()), new ArrayList<>()));
			}
			assertThat(targets).hasSize(2);
			fail(targets, CALLS / 10);
			long before = rest(targets);
			List<String> threads = threads();
			fail(targets, CALLS - CALLS / 10);
			long after = rest(targets);
			await().untilAsserted(
					() -> assertThat(threads()).as("threads").hasSizeLessThanOrEqualTo(threads.size() + FEW));
			assertThat(CutPoint.values())
				.allSatisfy((point) -> assertThat(this.proxy.statementCuts(point)).isGreaterThan(CALLS / 500));
			System.out.printf("%s: heap %d KB after %d failed calls, %d KB after %d; threads %s%n",
					this.database.database(), before / 1024, CALLS / 10, after / 1024, CALLS,
					"%d -> %d".formatted(threads.size(), threads().size()));
			assertThat(after - before).as("growth of the heap").isLessThan(BYTES_BESIDES + CALLS * BYTES_PER_CALL);
			assertThat(this.failures).as("failures that somebody still holds")
				.filteredOn((failure) -> failure.get() != null)
				.hasSizeLessThan(10);
		});
	}

	private void fail(List<Target> targets, int calls) throws Exception {
		for (Target target : targets) {
			for (Failing each : kinds()) {
				fail(each, target, Math.max(1, calls * each.percent / 100 / targets.size()));
			}
		}
	}

	/** Few of those for which a connection has to be opened, or time has to pass. */
	private List<Failing> kinds() {
		return List.of(new Failing("business", 40, IllegalStateException.class, FailedCallsTests::business),
				new Failing("refused by the breaker", 30, CircuitOpenException.class, FailedCallsTests::read,
						(target) -> open(target.breaker), (target) -> target.breaker.reset()),
				new Failing("interrupted", 13, NestedRuntimeException.class, FailedCallsTests::interrupted),
				new Failing("timeout of the attempt", 5, Exception.class, this::runTooLong),
				new Failing("cut at a statement", 4, NestedRuntimeException.class, this::cutAtStatement),
				new Failing("cut at the commit", 3, RuntimeException.class, this::cutAtCommit),
				new Failing("no connection free", 3, CannotCreateTransactionException.class, FailedCallsTests::read,
						FailedCallsTests::occupy, Target::release),
				new Failing("refused by the server", 2, NestedRuntimeException.class, FailedCallsTests::read,
						(target) -> this.proxy.down(), (target) -> this.proxy.up()));
	}

	private static void business(Target target) {
		target.execute((spec) -> spec, () -> {
			target.query("select 1");
			throw new IllegalStateException("no");
		});
	}

	private static void read(Target target) {
		target.execute((spec) -> spec.maxRetries(0), () -> target.query("select 1"));
	}

	private static void interrupted(Target target) {
		Thread.currentThread().interrupt();
		target.execute((spec) -> spec, () -> target.query("select id from nowhere"));
	}

	private void runTooLong(Target target) {
		String sql = this.database.sleepSql(Duration.ofSeconds(10));
		target.execute((spec) -> spec.maxRetries(0).attemptTimeout(Duration.ofMillis(50)), () -> target.query(sql));
	}

	private void cutAtStatement(Target target) {
		String sql = "select 'cut %d'".formatted(this.ids.incrementAndGet());
		target.execute((spec) -> spec.maxRetries(0), () -> {
			this.proxy.cutNext(sql::equals, CutPoint.BEFORE_SERVER);
			target.query(sql);
		});
	}

	private void cutAtCommit(Target target) {
		target.execute((spec) -> spec, () -> {
			target.database.jdbcClient().sql("insert into item (id) values (1)").update();
			this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		});
	}

	private static void open(Breaker breaker) {
		while (breaker.state() == BreakerState.CLOSED) {
			breaker.failed(breaker.enter(), new IllegalStateException("by hand"));
		}
	}

	private static void occupy(Target target) {
		await().ignoreExceptions().until(() -> {
			target.occupied.add(target.pool.dataSource().getConnection());
			return target.occupied.size() == WIDTH;
		});
	}

	private void fail(Failing kind, Target target, int calls) throws Exception {
		AtomicInteger remaining = new AtomicInteger(calls);
		AtomicInteger failed = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		kind.before.on(target);
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(() -> {
				while (remaining.getAndDecrement() > 0) {
					failed.addAndGet(fails(kind, target) ? 1 : 0);
				}
			}, "caller-" + i);
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join(JOIN_MILLIS);
		}
		kind.after.on(target);
		assertThat(failed).as("%s, on %s", kind.name, target.database.alias()).hasValue(calls);
	}

	private boolean fails(Failing kind, Target target) {
		try {
			kind.call.on(target);
			return false;
		}
		catch (Exception ex) {
			this.failures.add(new WeakReference<>(ex));
			return kind.expected.isInstance(ex);
		}
		finally {
			Thread.interrupted();
		}
	}

	/**
	 * What is there when all is quiet again, and no connection is left of which the pools
	 * do not know yet that it is dead.
	 */
	private long rest(List<Target> targets) throws SQLException {
		targets.forEach((target) -> target.pool.evict());
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			int total = 0;
			for (Target target : targets) {
				PoolStatus status = target.pool.status();
				assertThat(status.active()).as("connections in use").isZero();
				assertThat(status.waiting()).as("callers that wait").isZero();
				assertThat(status.total()).isEqualTo(WIDTH);
				total += status.total();
			}
			assertThat(this.proxy.openConnections()).as("connections on the wire").isEqualTo(total);
			assertThat(this.database.sessions()).as("sessions of the server").isEqualTo(total);
		});
		return heap();
	}

	/**
	 * By name, without those of HikariCP that open and close connections and end when
	 * they have been idle, and those of the test.
	 */
	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.contains(":connection-") && !name.startsWith("wire-proxy")
					&& !name.startsWith("awaitility"))
			.sorted()
			.toList();
	}

	private long heap() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private static HikariDataSource hikari(DatabaseInstance behind) {
		HikariDataSource hikari = new HikariDataSource();
		hikari.setJdbcUrl(behind.url());
		hikari.setUsername(behind.username());
		hikari.setPassword(behind.password());
		hikari.setMaximumPoolSize(WIDTH);
		hikari.setConnectionTimeout(250);
		return hikari;
	}

	/** One of the two pools, and what there is about it. */
	private record Target(Database database, ConnectionPool pool, Breaker breaker, List<Connection> occupied) {

		void execute(UnaryOperator<ExecutionSpec<Object>> spec, DatabaseAction<RuntimeException> work) {
			this.database.execute((ExecutionSpec<Object> each) -> spec.apply(each.named("read")), work);
		}

		void query(String sql) {
			this.database.jdbcClient().sql(sql).query().singleValue();
		}

		void release() throws SQLException {
			for (Connection connection : this.occupied) {
				connection.close();
			}
			this.occupied.clear();
		}

	}

	/**
	 * A way in which calls fail.
	 *
	 * @param name what it is
	 * @param percent how many of the calls fail so
	 * @param expected what callers are told
	 * @param call the call, which must fail
	 * @param before what makes it fail
	 * @param after what puts an end to that
	 */
	private record Failing(String name, int percent, Class<? extends Exception> expected, Call call, Call before,
			Call after) {

		private static final Call NOTHING = (target) -> {
		};

		Failing(String name, int percent, Class<? extends Exception> expected, Call call) {
			this(name, percent, expected, call, NOTHING, NOTHING);
		}

	}

	@FunctionalInterface
	private interface Call {

		void on(Target target) throws Exception;

	}

}
