package io.dbop.fault;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.database.Database;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolStatistics;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A circuit breaker between 200 callers and a database that comes back. */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class BreakerUnderLoadTests {

	private static final int CALLERS = 200;

	private static final int PROBES = 3;

	private static final int REFUSALS = 2000;

	private final WireProxy proxy;

	private final ApplicationContextRunner application;

	BreakerUnderLoadTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.application = Applications.jdbc()
			.withPropertyValues(Applications.alias("main", database.through(this.proxy)))
			.withPropertyValues("dbop.databases.main.pool.max=10");
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	@DisplayName("P1: of 200 callers an open breaker lets in none, a half-open one its three probes, a closed one all")
	void whenOpenNobodyIsInsideAndWhenHalfOpenNoMoreThanTheProbes() {
		this.application.run((context) -> {
			BreakerRegistry breakers = context.getBean(BreakerRegistry.class);
			Breaker breaker = breakers.breaker("main");
			List<BreakerState> states = new CopyOnWriteArrayList<>();
			breakers.addListener((each, from, to) -> states.add(to));
			Database database = context.getBean(Database.class);
			ConnectionPool pool = Objects.requireNonNull(ConnectionPool.of(database.dataSource()));
			AtomicInteger inside = new AtomicInteger();
			CountDownLatch release = new CountDownLatch(1);
			this.proxy.down();
			open(breaker);
			long touched = touched(pool);
			try (Callers callers = new Callers("caller", CALLERS, () -> visit(database, inside, release))) {
				awaitRefusals(breaker);
				assertThat(inside).as("while open").hasValue(0);
				assertThat(touched(pool)).as("what the pool was asked").isEqualTo(touched);
				this.proxy.up();
				await().until(() -> inside.get() == PROBES);
				awaitRefusals(breaker);
				assertThat(inside).as("while half-open").hasValue(PROBES);
				assertThat(pool.status().active()).isEqualTo(PROBES);
				assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
				release.countDown();
				await().atMost(Duration.ofSeconds(20)).until(() -> inside.get() > PROBES + CALLERS);
			}
			assertThat(states).containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
			assertThat(states).allMatch((state) -> breaker.changes(state) == 1);
		});
	}

	private static void open(Breaker breaker) {
		while (breaker.state() == BreakerState.CLOSED) {
			breaker.failed(breaker.enter(), new IllegalStateException("by hand"));
		}
	}

	private static void awaitRefusals(Breaker breaker) {
		long before = breaker.status().refusedCalls();
		await().atMost(Duration.ofSeconds(20)).until(() -> breaker.status().refusedCalls() > before + REFUSALS);
	}

	private static long touched(ConnectionPool pool) {
		PoolStatistics statistics = pool.statistics();
		return statistics.acquired() + statistics.timeouts() + statistics.errors();
	}

	private static void visit(Database database, AtomicInteger inside, CountDownLatch release) {
		database.execute((spec) -> spec.named("visit"), () -> {
			database.jdbcClient().sql("select 1").query().singleValue();
			inside.incrementAndGet();
			awaitRelease(release);
		});
	}

	private static void awaitRelease(CountDownLatch release) {
		try {
			assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
