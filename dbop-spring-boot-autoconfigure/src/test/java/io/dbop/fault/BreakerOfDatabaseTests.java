package io.dbop.fault;

import java.time.Duration;
import java.util.Arrays;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.ExecutionListener;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.pool.PoolStatistics;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** The circuit breaker of an alias, on a database that goes away and comes back. */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
class BreakerOfDatabaseTests {

	private static final int THRESHOLD = 5;

	private static final String PATIENT = "dbop.databases.main.connection-acquisition-timeout=10s";

	private final WireProxy proxy;

	private final ApplicationContextRunner application;

	BreakerOfDatabaseTests(DatabaseInstance database) {
		JdbcClient.create(database.dataSource()).sql("create table item (id integer primary key)").update();
		this.proxy = database.proxy();
		this.application = Applications.jdbc()
			.withPropertyValues(Applications.alias("main", database.through(this.proxy)))
			.withPropertyValues(Applications.inMemory("other"))
			.withPropertyValues("dbop.databases.main.retry.initial-delay=1ms",
					"dbop.databases.main.connection-acquisition-timeout=250ms", "dbop.databases.main.pool.max=2")
			.withBean(Items.class);
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	@DisplayName("P1, P2: after five failures calls are refused at once and take no connection; another alias goes on")
	void whenTheDatabaseIsGoneThenTheFifthFailureOpensAndNothingTouchesThePool() {
		this.application.run((context) -> {
			Items items = context.getBean(Items.class);
			items.count();
			this.proxy.down();
			for (int i = 0; i < THRESHOLD; i++) {
				assertThat(breaker(context).state()).isEqualTo(BreakerState.CLOSED);
				assertThat(catching(items::count)).isNotInstanceOf(CircuitOpenException.class);
			}
			assertThat(breaker(context).state()).isEqualTo(BreakerState.OPEN);
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(items::count);
			PoolStatistics statistics = pool(context).statistics();
			long touched = statistics.acquired() + statistics.timeouts() + statistics.errors();
			long[] nanos = new long[201];
			for (int i = 0; i < nanos.length; i++) {
				long start = System.nanoTime();
				assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(items::retried);
				nanos[i] = System.nanoTime() - start;
			}
			Arrays.sort(nanos);
			assertThat(Duration.ofNanos(nanos[nanos.length / 2])).as("median").isLessThan(Duration.ofMillis(5));
			assertThat(statistics.acquired() + statistics.timeouts() + statistics.errors()).isEqualTo(touched);
			assertThat(items.onOther()).isEqualTo(1);
		});
	}

	@Test
	@DisplayName("P1: when the database is back a probe finds out, and three calls close the breaker")
	void whenTheDatabaseIsBackThenItIsHalfOpenLongBeforeTheRecoveryTimeoutAndCloses() {
		this.application.withPropertyValues(PATIENT).run((context) -> {
			Items items = context.getBean(Items.class);
			for (int i = 0; i < THRESHOLD; i++) {
				this.proxy.cutNext((sql) -> sql.startsWith("select count"), CutPoint.BEFORE_SERVER);
				catching(items::count);
			}
			this.proxy.down();
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(items::count);
			this.proxy.up();
			await().atMost(Duration.ofSeconds(10)).until(() -> breaker(context).state() == BreakerState.HALF_OPEN);
			items.count();
			items.count();
			assertThat(breaker(context).state()).isEqualTo(BreakerState.HALF_OPEN);
			items.count();
			assertThat(breaker(context).state()).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	@DisplayName("P2: what does not speak of the database's health never opens the breaker")
	void whenCallersAreWrongThenTheBreakerStaysClosed() {
		this.application.run((context) -> {
			Items items = context.getBean(Items.class);
			items.insert(1);
			for (int i = 0; i < 2 * THRESHOLD; i++) {
				assertThatExceptionOfType(BadSqlGrammarException.class).isThrownBy(items::syntaxError);
				assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> items.insert(1));
				assertThatIllegalStateException().isThrownBy(items::business);
			}
			assertThat(breaker(context).status().failures()).isZero();
			assertThat(breaker(context).state()).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	@DisplayName("P3: a call of four attempts counts four failures, and an open breaker is not retried")
	void whenRetriedThenEachAttemptCountsAndARefusalEndsTheCall(CapturedOutput output) {
		CountingListener retries = new CountingListener();
		this.application.withBean(CountingListener.class, () -> retries).run((context) -> {
			Items items = context.getBean(Items.class);
			this.proxy.down();
			assertThat(catching(items::retried)).isNotInstanceOf(CircuitOpenException.class);
			assertThat(retries.count).isEqualTo(3);
			assertThat(breaker(context).status().failures()).isEqualTo(4);
			assertThat(breaker(context).state()).isEqualTo(BreakerState.CLOSED);
			Throwable fifth = catching(items::retried);
			assertThat(breaker(context).state()).isEqualTo(BreakerState.OPEN);
			assertThat(fifth).isNotInstanceOf(CircuitOpenException.class);
			assertThat(fifth.getSuppressed()).hasAtLeastOneElementOfType(CircuitOpenException.class);
			assertThat(output).contains("4 attempt(s)").doesNotContain("while AUTOCOMMIT");
			retries.count = 0;
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(items::retried);
			assertThat(retries.count).isZero();
		});
	}

	@Test
	@DisplayName("P3: commit and rollback of a running transaction pass an open breaker")
	void whenOpenThenARunningTransactionStillEnds() {
		this.application.run((context) -> {
			Items items = context.getBean(Items.class);
			items.insertWhile(1, () -> force(context));
			breaker(context).reset();
			assertThat(items.count()).isEqualTo(1);
			assertThatIllegalStateException().isThrownBy(() -> items.insertWhile(2, () -> {
				force(context);
				throw new IllegalStateException("no");
			}));
			breaker(context).reset();
			assertThat(items.count()).isEqualTo(1);
			assertThat(pool(context).status().active()).isZero();
		});
	}

	/** Opens the breaker by hand, whatever becomes of the calls under way. */
	private static void force(AssertableApplicationContext context) {
		Breaker breaker = breaker(context);
		for (int i = 0; i < THRESHOLD; i++) {
			breaker.failed(breaker.enter(), new IllegalStateException("elsewhere"));
		}
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	private static Throwable catching(Runnable call) {
		Throwable thrown = catchThrowable(call::run);
		assertThat(thrown).isNotNull();
		return thrown;
	}

	private static Breaker breaker(AssertableApplicationContext context) {
		return context.getBean(BreakerRegistry.class).breaker("main");
	}

	private static ConnectionPool pool(AssertableApplicationContext context) {
		return context.getBean(PoolRegistry.class)
			.all()
			.stream()
			.filter((pool) -> pool.alias().equals("main"))
			.findFirst()
			.orElseThrow();
	}

	/** Counts retries. */
	static class CountingListener implements ExecutionListener {

		int count;

		@Override
		public void onRetry(AttemptContext context, Throwable failure, Duration delay) {
			this.count++;
		}

	}

	static class Items {

		private final JdbcClient client;

		Items(JdbcClient client) {
			this.client = client;
		}

		@AutoTransaction
		int count() {
			return this.client.sql("select count(*) from item").query(Integer.class).single();
		}

		@DbRetry
		@AutoTransaction
		int retried() {
			return count();
		}

		@DbRetry
		@AutoTransaction
		void insert(int id) {
			this.client.sql("insert into item (id) values (?)").param(id).update();
		}

		@DbRetry
		@AutoTransaction
		void insertWhile(int id, Runnable meanwhile) {
			insert(id);
			meanwhile.run();
		}

		@DbRetry
		@AutoTransaction
		void syntaxError() {
			this.client.sql("select 1 from").query().listOfRows();
		}

		@DbRetry
		@AutoTransaction
		void business() {
			throw new IllegalStateException("no");
		}

		@AutoTransaction(database = "other")
		int onOther() {
			return 1;
		}

	}

}
