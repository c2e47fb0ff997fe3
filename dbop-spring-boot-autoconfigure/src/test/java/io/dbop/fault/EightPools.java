package io.dbop.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.FaultForm;
import io.dbop.test.wire.WireProxy;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Eight pools of ten connections, each with twice as many callers, on one server: half of
 * the pools have a circuit breaker, half of the callers retry, a quarter of them comes
 * when the server is back. All else is as it comes. Beside them two adopted pools, one of
 * which had begun before it was adopted, and HikariCP alone.
 */
final class EightPools implements AutoCloseable {

	private static final int POOLS = 8;

	private static final int WIDTH = 10;

	private static final int CALLERS = 2 * WIDTH;

	private static final Duration PROMISED = Duration.ofSeconds(1);

	/**
	 * How many times as long as a connection takes it may be late: a few milliseconds,
	 * unless the machine is so busy that nothing can be said of the pools.
	 */
	private static final int SLOWNESS = 3;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/**
	 * HikariCP tries again after 2.6 s and 5.1 s, and from then on every 5 s: the outage
	 * ends soon after it has tried.
	 */
	private static final Duration OUTAGE = FaultForm.choose(Duration.ofSeconds(3), Duration.ofSeconds(21));

	/** Two connections of HikariCP's thread, and two checks of a breaker, and chance. */
	private static final int ATTEMPTS_OF_A_POOL = 8;

	private final DatabaseInstance database;

	private final WireProxy proxy;

	/** For the pools that are not counted. */
	private final WireProxy aside;

	private final List<Callers> promised = new ArrayList<>();

	private final LongAdder attempts = new LongAdder();

	private final HikariDataSource hikari;

	@SuppressWarnings("NullAway.Init")
	private Callers adopted;

	@SuppressWarnings("NullAway.Init")
	private Callers begun;

	@SuppressWarnings("NullAway.Init")
	private Callers control;

	EightPools(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		this.aside = database.proxy();
		this.hikari = begun();
	}

	void down() {
		this.proxy.down();
		this.aside.down();
	}

	void up() {
		this.proxy.up();
		this.aside.up();
	}

	/** Has the server go away for a while, under load, and looks at what comes of it. */
	void survive(Runnable begin, Runnable end) {
		application().run((context) -> {
			call(context.getBean(Databases.class));
			await().until(() -> all().stream().allMatch(Callers::served));
			long callsBefore = calls();
			long attemptsBefore = this.attempts.sum();
			long began = System.nanoTime();
			this.promised.stream().filter(EightPools::comesLate).forEach(Callers::rest);
			begin.run();
			pause(OUTAGE.dividedBy(2));
			all().forEach(Callers::forget);
			pause(OUTAGE.dividedBy(2));
			end.run();
			long ended = System.nanoTime();
			this.promised.forEach(Callers::go);
			Duration delay = connect();
			await().atMost(Duration.ofSeconds(20)).until(() -> all().stream().allMatch(Callers::served));
			for (Callers each : all()) {
				each.close();
			}
			double attemptsPerCall = (this.attempts.sum() - attemptsBefore) / (double) (calls() - callsBefore);
			Outage outage = new Outage(began, ended, delay, attemptsPerCall);
			report(outage);
			verify(outage);
		});
	}

	/** How long a connection takes of which no pool knows. */
	private Duration connect() throws SQLException {
		long start = System.nanoTime();
		try (Connection connection = this.database.dataSource().getConnection()) {
			assertThat(connection.isValid(5)).isTrue();
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void pause(Duration duration) {
		await().pollDelay(duration).atMost(duration.plusSeconds(10)).until(() -> true);
	}

	private void verify(Outage outage) {
		assertThat(most(outage.began, Long.MAX_VALUE)).as("connections per second")
			.isLessThanOrEqualTo(2 * POOLS * WIDTH);
		assertThat(most(outage.began + SECOND, outage.ended)).as("attempts to connect per second in the outage")
			.isLessThanOrEqualTo(POOLS * ATTEMPTS_OF_A_POOL);
		assertThat(outage.attemptsPerCall).as("attempts per call").isLessThanOrEqualTo(1.2);
		if (FaultForm.current() == FaultForm.FULL) {
			assertThat(this.control.servedAfter(outage.ended)).as("HikariCP alone").isGreaterThan(PROMISED);
		}
		for (int i = 0; i < POOLS; i++) {
			Duration served = servedAfter(i, outage);
			Duration allowed = PROMISED.plus(outage.delay.multipliedBy(SLOWNESS));
			String alias = alias(i);
			InTime.promised(() -> assertThat(served).as(alias).isLessThan(allowed));
		}
	}

	private void report(Outage outage) {
		System.out.printf(
				"%s, outage of %d ms: first success after %s ms, adopted %d ms, adopted after its start %d ms, "
						+ "HikariCP alone %d ms, a connection beside them %d ms; "
						+ "%d connections per second at most, %d in the outage; %.3f attempts per call%n",
				this.database.database(), TimeUnit.NANOSECONDS.toMillis(outage.ended - outage.began),
				IntStream.range(0, POOLS).mapToLong((pool) -> servedAfter(pool, outage).toMillis()).boxed().toList(),
				this.adopted.servedAfter(outage.ended).toMillis(), this.begun.servedAfter(outage.ended).toMillis(),
				this.control.servedAfter(outage.ended).toMillis(), outage.delay.toMillis(),
				most(outage.began, Long.MAX_VALUE), most(outage.began + SECOND, outage.ended), outage.attemptsPerCall);
	}

	/** Of a pool the callers who retry or those who do not, whoever came first. */
	private Duration servedAfter(int pool, Outage outage) {
		Duration one = this.promised.get(2 * pool).servedAfter(outage.ended);
		Duration other = this.promised.get(2 * pool + 1).servedAfter(outage.ended);
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** The most attempts to connect within any second. */
	private int most(long from, long until) {
		List<Long> times = this.proxy.connectAttempts()
			.stream()
			.filter((time) -> time >= from && time < until)
			.toList();
		int most = 0;
		int first = 0;
		for (int last = 0; last < times.size(); last++) {
			while (times.get(last) - times.get(first) >= SECOND) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

	private List<Callers> all() {
		return Stream.concat(this.promised.stream(), Stream.of(this.adopted, this.begun, this.control)).toList();
	}

	private long calls() {
		return this.promised.stream().mapToLong(Callers::calls).sum();
	}

	private void call(Databases databases) {
		for (int i = 0; i < POOLS; i++) {
			Database each = databases.get(alias(i));
			this.promised.add(new Callers(alias(i), CALLERS / 2, () -> read(each, 0)));
			this.promised.add(new Callers(alias(i) + " with retry", CALLERS / 2, () -> read(each, 3)));
		}
		this.adopted = callers("adopted", databases.get("adopted").dataSource());
		this.begun = callers("adopted after its start", databases.get("begun").dataSource());
		this.control = callers("HikariCP alone", this.hikari);
	}

	private static Callers callers(String name, DataSource dataSource) {
		JdbcClient client = JdbcClient.create(dataSource);
		return new Callers(name, 3, () -> client.sql("select 1").query().singleValue());
	}

	private void read(Database each, int retries) {
		each.execute((spec) -> spec.named("read").maxRetries(retries), () -> {
			this.attempts.increment();
			return Objects.requireNonNull(each.jdbcClient().sql("select 1").query().singleValue());
		});
	}

	private ApplicationContextRunner application() {
		DatabaseInstance counted = this.database.through(this.proxy);
		ApplicationContextRunner runner = Applications.jdbc()
			.withPropertyValues("dbop.databases." + alias(0) + ".primary=true")
			.withBean("adoptedDataSource", HikariDataSource.class, () -> settings(new HikariDataSource()))
			.withBean("begunDataSource", HikariDataSource.class, this::begun);
		for (int i = 0; i < POOLS; i++) {
			runner = runner.withPropertyValues(Applications.alias(alias(i), counted))
				.withPropertyValues("dbop.databases." + alias(i) + ".pool.max=" + WIDTH,
						"dbop.databases." + alias(i) + ".circuit-breaker.enabled=" + guarded(i));
		}
		return runner;
	}

	/** The callers of two pools are away as long as the server is. */
	private static boolean comesLate(Callers callers) {
		return callers.name().startsWith(alias(POOLS - 1)) || callers.name().startsWith(alias(POOLS - 2));
	}

	private static String alias(int pool) {
		return (guarded(pool) ? "guarded" : "bare") + pool;
	}

	private static boolean guarded(int pool) {
		return pool % 2 == 0;
	}

	private HikariDataSource begun() {
		return new HikariDataSource(settings(new HikariConfig()));
	}

	private <T extends HikariConfig> T settings(T settings) {
		DatabaseInstance behind = this.database.through(this.aside);
		settings.setJdbcUrl(behind.url());
		settings.setUsername(behind.username());
		settings.setPassword(behind.password());
		settings.setMaximumPoolSize(2);
		return settings;
	}

	@Override
	public void close() {
		this.promised.forEach(Callers::end);
		this.hikari.close();
		this.proxy.close();
		this.aside.close();
	}

	/**
	 * An outage, and what was seen of it.
	 *
	 * @param began when the server went away
	 * @param ended when it was back
	 * @param delay how long a single connection took then
	 * @param attemptsPerCall how often the work of a call was begun
	 */
	private record Outage(long began, long ended, Duration delay, double attemptsPerCall) {
	}

}
