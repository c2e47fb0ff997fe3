package io.dbop.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.FaultForm;
import io.dbop.test.RestartableServer;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls on a server that is stopped in the midst of them, and does not answer any more.
 */
final class FrozenServer {

	/** Beyond the attempt timeout. */
	private static final Duration ALLOWED = Duration.ofMillis(500);

	private static final Duration GRACE = Duration.ofMillis(500);

	private static final Duration OUTAGE = FaultForm.choose(Duration.ZERO, Duration.ofSeconds(30));

	private final RestartableServer server;

	private final DatabaseInstance database;

	private final List<FrozenCall> calls = new ArrayList<>();

	private final CountDownLatch frozen = new CountDownLatch(1);

	private ApplicationContextRunner application = Applications.jdbc()
		.withPropertyValues(Applications.inMemory("other"));

	FrozenServer(RestartableServer server) throws SQLException {
		this.server = server;
		this.database = server.freshDatabase();
		JdbcClient client = JdbcClient.create(this.database.dataSource());
		boolean postgres = this.database.url().startsWith("jdbc:postgresql");
		client.sql("create table big (text " + (postgres ? "text" : "longtext") + ")").update();
		client.sql("create table undone (id integer)").update();
		client.sql("create table many (text varchar(1000))").update();
		String row = "insert into many values ('" + "x".repeat(1000) + "')";
		client.sql(row).update();
		for (int i = 0; i < 13; i++) {
			client.sql("insert into many select text from many").update();
		}
	}

	void check() {
		define();
		this.application.run((context) -> {
			Databases databases = context.getBean(Databases.class);
			try (Stalls stalls = new Stalls();
					OtherCalls others = new OtherCalls(databases.get("other"));
					ConfigurableApplicationContext closing = second()) {
				start(databases);
				startWithoutEnd(closing);
				Times times = whileFrozen(closing);
				assertThat(this.calls).filteredOn((call) -> !call.failedAsExpected()).isEmpty();
				assertThat(rows()).as("what was not committed").isZero();
				InTime.promised(() -> inTime(times, others.worst(), stalls.worst()));
			}
		});
	}

	private void inTime(Times times, Duration ofOthers, Duration stalled) {
		Duration allowed = ALLOWED.plus(stalled);
		assertThat(this.calls).as("given up later than %s after their deadline", allowed)
			.filteredOn((call) -> call.late().compareTo(allowed) >= 0)
			.isEmpty();
		assertThat(ofOthers).as("time of calls on another database").isLessThan(Duration.ofMillis(300).plus(stalled));
		assertThat(times.closed).as("time to close the application").isLessThan(GRACE.plusMillis(1500).plus(stalled));
		assertThat(times.gone).as("time until all has gone from the server")
			.isLessThan(Duration.ofSeconds(2).plus(stalled));
	}

	private Times whileFrozen(ConfigurableApplicationContext closing) throws InterruptedException {
		this.server.freeze();
		this.frozen.countDown();
		long thawed;
		Duration closed;
		try {
			long start = System.nanoTime();
			for (FrozenCall call : this.calls) {
				call.awaitDone(Duration.ofSeconds(8).minusNanos(System.nanoTime() - start));
			}
			long closes = System.nanoTime();
			closing.close();
			closed = Duration.ofNanos(System.nanoTime() - closes);
			Phase.pause(OUTAGE);
		}
		finally {
			this.server.thaw();
			thawed = System.nanoTime();
		}
		await().atMost(Duration.ofSeconds(10)).until(() -> running() == 0);
		return new Times(closed, Duration.ofNanos(System.nanoTime() - thawed));
	}

	/** Another application, with databases that nothing limits. */
	private ConfigurableApplicationContext second() {
		List<String> properties = new ArrayList<>(
				List.of("spring.lifecycle.timeout-per-shutdown-phase=" + GRACE.toMillis() + "ms"));
		for (DatabaseInstance each : this.database.drivers()) {
			Collections.addAll(properties, Applications.alias((properties.size() > 1) ? "second" : "main", each));
		}
		return Applications.start(Nothing.class, properties.toArray(String[]::new));
	}

	private void startWithoutEnd(ConfigurableApplicationContext application) throws InterruptedException {
		Collection<Database> databases = application.getBean(Databases.class).all();
		CountDownLatch ready = new CountDownLatch(databases.size());
		for (Database each : databases) {
			Thread thread = new Thread(() -> each.execute((spec) -> spec.named("unlimited").maxRetries(0), () -> {
				each.jdbcTemplate().update("insert into undone values (1)");
				ready.countDown();
				Phase.await(this.frozen);
				each.jdbcTemplate().update("insert into undone values (2)");
			}));
			thread.setDaemon(true);
			thread.setUncaughtExceptionHandler((failed, expected) -> {
			});
			thread.start();
		}
		ready.await(20, TimeUnit.SECONDS);
	}

	private int rows() {
		return JdbcClient.create(this.database.dataSource())
			.sql("select count(*) from undone")
			.query(Integer.class)
			.single();
	}

	private int running() {
		String sql = this.database.url().startsWith("jdbc:postgresql")
				? "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()"
				: "select count(*) from information_schema.processlist where info like '%sleep(%' and id <> connection_id()";
		return JdbcClient.create(this.database.dataSource()).sql(sql).query(Integer.class).single();
	}

	private void start(Databases databases) throws InterruptedException {
		for (String alias : databases.all().stream().map((each) -> each.alias()).toList()) {
			if (!alias.equals("other")) {
				Phase phase = Phase.valueOf(alias.substring(alias.indexOf('-') + 1));
				this.calls.add(new FrozenCall(alias, databases.get(alias), phase, this.frozen));
			}
		}
		// Or else it takes some of the time to connect.
		this.calls.stream().filter(FrozenCall::warmsUp).map(FrozenCall::database).forEach(Phase::one);
		for (FrozenCall call : this.calls) {
			Thread thread = new Thread(call, call.toString());
			thread.setDaemon(true);
			thread.start();
		}
		for (FrozenCall call : this.calls) {
			call.awaitReady();
		}
		this.calls.forEach(FrozenCall::aboutToFreeze);
		for (FrozenCall call : this.calls) {
			call.awaitWarm();
		}
	}

	private void define() {
		int driver = 0;
		for (DatabaseInstance each : this.database.drivers()) {
			driver++;
			for (Phase phase : Phase.values()) {
				if (phase == Phase.LARGE_STATEMENT && each.driverClassName().contains("mariadb")) {
					// The driver cannot be parted from a socket that takes no more.
					continue;
				}
				if (phase == Phase.UNLIMITED && FaultForm.current() == FaultForm.SHORT) {
					continue;
				}
				String own = "own" + driver + "-" + phase;
				String prefix = "dbop.databases." + own;
				int idle = (phase == Phase.CONNECT) ? 0 : 1;
				this.application = this.application.withPropertyValues(Applications.alias(own, each))
					.withPropertyValues(prefix + ".pool.max=2", prefix + ".pool.min=" + idle, prefix + ".startup=lazy");
				if (phase == Phase.UNLIMITED) {
					this.application = this.application
						.withPropertyValues(prefix + ".query-execution-timeout=" + Phase.STATEMENTS.toMillis() + "ms");
				}
				if (phase.onAdopted()) {
					this.application = this.application.withBean("adopted" + driver + "-" + phase,
							HikariDataSource.class, () -> adopted(each, idle));
				}
			}
		}
	}

	private static HikariDataSource adopted(DatabaseInstance database, int idle) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(database.url());
		pool.setUsername(database.username());
		pool.setPassword(database.password());
		pool.setMaximumPoolSize(2);
		pool.setMinimumIdle(idle);
		pool.setInitializationFailTimeout(-1);
		return pool;
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	/**
	 * What is to be done soon.
	 *
	 * @param closed how long it took to close the application
	 * @param gone how long it took until nothing ran on the server any more
	 */
	private record Times(Duration closed, Duration gone) {
	}

}
