package io.dbop.observation;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.dbop.circuit.BreakerSettings;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.failure.FailureKind;
import io.dbop.observation.WorkloadClient.Simulated;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Ten thousand calls that end in every way there is, from several threads: the meters say
 * exactly what the callers saw.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.H2, TestDatabase.SQLITE })
class CountedWorkloadTests {

	private static final int CALLS = 10_000;

	private static final int THREADS = 8;

	private static final BreakerSettings ONE_FAILURE_OPENS = new BreakerSettings(1, Duration.ofSeconds(60),
			Duration.ofHours(1), 1, BreakerSettings.Recovery.TIME, Duration.ofMillis(500));

	private final DatabaseInstance instance;

	private final TestDatabase kind;

	private final Tally seen = new Tally();

	private final AtomicLong ids = new AtomicLong();

	private final Random random = new Random(5);

	private ConfigurableApplicationContext application;

	private WorkloadClient main;

	private WorkloadClient narrow;

	private WorkloadClient poor;

	private TransactionTemplate transaction;

	private Database database;

	CountedWorkloadTests(DatabaseInstance instance, TestDatabase kind) {
		this.instance = instance;
		this.kind = kind;
	}

	@BeforeEach
	void start() {
		this.application = Applications.start(Metered.class, Stream
			.of(Applications.alias("main", this.instance), Applications.alias("narrow", this.instance),
					Applications.alias("poor", this.instance),
					new String[] { "dbop.databases.main.primary=true", "dbop.databases.main.pool.max=6",
							"dbop.slow-query.threshold=1h", "dbop.databases.main.retry.budget.burst=100000",
							"dbop.databases.narrow.pool.max=1", "dbop.databases.narrow.pool.min=1",
							"dbop.databases.narrow.connection-acquisition-timeout=250ms",
							"dbop.databases.narrow.circuit-breaker.enabled=false", "dbop.databases.poor.pool.max=4",
							"dbop.databases.poor.retry.budget.share=0.05", "dbop.databases.poor.retry.budget.burst=20",
							"dbop.databases.poor.circuit-breaker.enabled=false" })
			.flatMap(Stream::of)
			.toArray(String[]::new));
		Databases databases = this.application.getBean(Databases.class);
		this.database = databases.get("main");
		this.database.jdbcClient().sql("create table item (id bigint primary key)").update();
		this.database.jdbcClient().sql("insert into item (id) values (0)").update();
		this.main = new WorkloadClient(this.database, this.seen);
		this.narrow = new WorkloadClient(databases.get("narrow"), this.seen);
		this.poor = new WorkloadClient(databases.get("poor"), this.seen);
		this.transaction = new TransactionTemplate(this.database.transactionManager());
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenTenThousandCallsEndInEveryWayThenTheMetersSayWhatTheirCallersSaw() throws Exception {
		openBreaker();
		SimpleMeterRegistry registry = this.application.getBean(SimpleMeterRegistry.class);
		Tally before = Tally.of(registry);
		try (Connection taken = this.application.getBean(Databases.class).get("narrow").dataSource().getConnection()) {
			assertThat(taken.isValid(1)).isTrue();
			runAll(workload());
		}
		this.narrow.connection();
		Map<String, Long> counted = Tally.of(registry).since(before);
		assertThat(counted).isEqualTo(this.seen.since(new Tally()));
		assertThat(Stream.of("main", "narrow", "poor")
			.mapToLong((alias) -> Objects.requireNonNull(counted.get(alias + " dbop.operations")))
			.sum()).isEqualTo(CALLS);
		assertThat(registry.get("dbop.pool.active").tag("alias", "main").gauge().value()).isZero();
	}

	/** How often each way is gone; with what is left everything goes well. */
	private List<Runnable> workload() {
		List<Runnable> calls = new ArrayList<>();
		add(calls, 800, () -> this.main.call(3, (spec) -> {
		}, (attempt) -> insert(0)));
		add(calls, 800, () -> this.main.call(3, (spec) -> {
		}, (attempt) -> {
			insert(this.ids.incrementAndGet());
			throw new IllegalStateException("business");
		}));
		for (int failures = 1; failures <= 3; failures++) {
			int failing = failures;
			add(calls, 200, () -> conflict(failing));
			add(calls, 100, () -> trouble(failing));
		}
		add(calls, 100, () -> conflict(4));
		add(calls, 200, () -> this.main.call(3, (spec) -> {
		}, (attempt) -> {
			fail(FailureKind.SERIALIZATION, attempt == 1);
			insert(0);
		}));
		add(calls, 400, () -> this.main.call(3, (spec) -> spec.circuitBreaker("open", (settings) -> ONE_FAILURE_OPENS),
				(attempt) -> insert(this.ids.incrementAndGet())));
		for (int i = 0; i < 20; i++) {
			String breaker = "opening-" + i;
			add(calls, 1, () -> this.main.call(3,
					(spec) -> spec.circuitBreaker(breaker, (settings) -> ONE_FAILURE_OPENS), (attempt) -> {
						this.seen.add("main", "dbop.circuit.failed");
						fail(FailureKind.OUT_OF_RESOURCES, true);
					}));
		}
		add(calls, 200, this::leftToTheCaller);
		add(calls, 200, () -> this.poor.call(3, (spec) -> {
		}, (attempt) -> {
			throw new Simulated(FailureKind.OUT_OF_RESOURCES);
		}));
		add(calls, 30, () -> this.narrow.call(0, (spec) -> {
		}, (attempt) -> insert(-1)));
		add(calls, 10, () -> this.narrow.call(1, (spec) -> {
		}, (attempt) -> insert(-1)));
		add(calls, 30, () -> this.main.call(0, (spec) -> spec.noCircuitBreaker().attemptTimeout(Duration.ofMillis(30)),
				(attempt) -> execute(slow())));
		if (this.kind == TestDatabase.POSTGRESQL) {
			// of three calls each
			add(calls, 3, this::deadlock);
		}
		int more = (this.kind == TestDatabase.POSTGRESQL) ? 6 : 0;
		while (calls.size() < CALLS - more) {
			calls.add(() -> this.main.call(3, (spec) -> {
			}, (attempt) -> insert(this.ids.incrementAndGet())));
		}
		Collections.shuffle(calls, this.random);
		return calls;
	}

	private static void add(List<Runnable> calls, int times, Runnable call) {
		calls.addAll(Collections.nCopies(times, call));
	}

	private void conflict(int failures) {
		this.main.call(3, (spec) -> {
		}, (attempt) -> {
			fail(FailureKind.SERIALIZATION, attempt <= failures);
			insert(this.ids.incrementAndGet());
		});
	}

	private void trouble(int failures) {
		this.main.call(3, (spec) -> spec.noCircuitBreaker(), (attempt) -> {
			fail(FailureKind.OUT_OF_RESOURCES, attempt <= failures);
			insert(this.ids.incrementAndGet());
		});
	}

	private void leftToTheCaller() {
		this.main.connection();
		catchThrowable(() -> this.transaction.executeWithoutResult((status) -> {
			insert(this.ids.incrementAndGet());
			this.main.callWithin(3, (spec) -> {
			}, (attempt) -> fail(FailureKind.SERIALIZATION, true));
		}));
	}

	/** Two calls that wait for each other: one of them fails, and is repeated. */
	private void deadlock() {
		CyclicBarrier bothHaveOne = new CyclicBarrier(2);
		long one = -this.ids.incrementAndGet();
		long other = -this.ids.incrementAndGet();
		this.main.call(3, (spec) -> {
		}, (attempt) -> {
			insert(one);
			insert(other);
		});
		ExecutorService second = Executors.newSingleThreadExecutor();
		try {
			Future<?> partner = second.submit(() -> lockBoth(other, one, bothHaveOne));
			lockBoth(one, other, bothHaveOne);
			partner.get(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			second.shutdownNow();
		}
	}

	private void lockBoth(long first, long then, CyclicBarrier bothHaveOne) {
		this.main.call(3, (spec) -> {
		}, (attempt) -> {
			execute("update item set id = id where id = " + first);
			if (attempt == 1) {
				bothHaveOne.await(30, TimeUnit.SECONDS);
			}
			execute("update item set id = id where id = " + then);
		});
	}

	/** Fails by the hand of the server where it fails on demand. */
	private void fail(FailureKind kind, boolean now) {
		if (now && this.kind == TestDatabase.POSTGRESQL) {
			execute("do $$ begin raise exception using errcode = '%s'; end $$"
				.formatted((kind == FailureKind.SERIALIZATION) ? "40001" : "53200"));
		}
		else if (now) {
			throw new Simulated(kind);
		}
	}

	private String slow() {
		return switch (this.kind) {
			case POSTGRESQL -> "select pg_sleep(5)";
			case H2 ->
				"select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b where a.x = b.x * 3";
			default -> "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c";
		};
	}

	private void insert(long id) {
		execute("insert into item (id) values (" + id + ")");
	}

	private void execute(String sql) {
		this.seen.add("main", "dbop.statements");
		this.database.jdbcTemplate().execute(sql);
	}

	/** Before the counting begins. */
	private void openBreaker() {
		assertThat(catchThrowable(() -> this.database
			.<Object, RuntimeException>execute((spec) -> spec.circuitBreaker("open", (settings) -> ONE_FAILURE_OPENS)
				.maxRetries(0)
				.classifier(Simulated::kind), () -> {
					throw new Simulated(FailureKind.OUT_OF_RESOURCES);
				})))
			.isNotNull();
	}

	private static void runAll(List<Runnable> calls) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> ends = new ArrayList<>();
			calls.forEach((call) -> ends.add(threads.submit(call)));
			for (Future<?> each : ends) {
				Objects.requireNonNull(each).get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Metered {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

}
