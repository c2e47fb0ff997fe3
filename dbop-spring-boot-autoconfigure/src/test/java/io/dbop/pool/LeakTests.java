package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dbop.test.Borrower;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.NamedLedger;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** Connections that are not given back. */
class LeakTests {

	private final DatabaseInstance database = TestDatabase.H2.freshDatabase();

	private final ConnectionPool pool = PoolFixture.open(this.database,
			PoolFixture.config(this.database).poolMax(2).connectionAcquisitionTimeout(Duration.ofMillis(250)));

	private final Logger logger = (Logger) LoggerFactory.getLogger(LeakWatch.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void close() throws SQLException {
		this.logger.detachAppender(this.log);
		this.pool.close();
		this.database.close();
	}

	@Test
	@DisplayName("P5: a connection held for too long is reported once, with its thread and operation")
	void whenAConnectionIsHeldForTooLongThenItIsReportedOnce() throws SQLException {
		AttemptLedger ledger = new NamedLedger("Orders.export");
		ledger.open();
		try (Connection connection = Borrower.forget(this.pool.dataSource())) {
			ledger.close();
			this.pool.acquisition().leaks().look(System.nanoTime());
			assertThat(this.log.list).isEmpty();
			lookLater();
			lookLater();
		}
		assertThat(this.log.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.contains("'main'", "'Orders.export'", "'" + Thread.currentThread().getName() + "'",
					"stays with its holder");
		assertThat(this.pool.statistics().leaks()).isOne();
		lookLater();
		assertThat(this.pool.statistics().leaks()).isOne();
	}

	@Test
	@DisplayName("P5: the first connection that leaks outside an operation is reported with its acquisition")
	void whenOneIsTakenOutsideAnOperationThenTheFirstReportHasItsAcquisition() throws SQLException {
		try (Connection first = Borrower.forget(this.pool.dataSource())) {
			assertThat(this.pool.activity().holders()).singleElement()
				.extracting(Holder::callSite)
				.asString()
				.contains("Borrower.forget");
			lookLater();
		}
		assertThat(this.log.list).singleElement().satisfies(LeakTests::hasTheStackOfTheAcquisition);
		assertThat(this.pool.activity().holders()).isEmpty();
		assertThat(this.pool.status().active()).isZero();
	}

	@Test
	@DisplayName("P5: after the first report operations are known by where they take their connection")
	void whenOneHasLeakedThenOperationsAreReportedWithTheirAcquisition() throws SQLException {
		AttemptLedger ledger = new NamedLedger("Orders.export");
		ledger.open();
		try {
			try (Connection first = Borrower.forget(this.pool.dataSource())) {
				assertThat(this.pool.activity().holders()).singleElement().extracting(Holder::callSite).isNull();
				lookLater();
			}
			try (Connection second = Borrower.forget(this.pool.dataSource())) {
				lookLater();
				assertThat(this.pool.activity().holders()).singleElement()
					.extracting(Holder::callSite)
					.asString()
					.contains("Borrower.forget");
			}
		}
		finally {
			ledger.close();
		}
		assertThat(this.log.list).hasSize(2);
		assertThat(this.log.list.get(1)).satisfies(LeakTests::hasTheStackOfTheAcquisition);
	}

	@Test
	@DisplayName("P5: who asks is told of leaks by a threshold of his own")
	void whenAskedWithAThresholdThenLeaksAreListedTheLongestFirst() throws SQLException {
		PoolRegistry registry = new PoolRegistry();
		registry.register(this.pool);
		assertThat(registry.leaks(Duration.ZERO)).isEmpty();
		try (Connection one = Borrower.forget(this.pool.dataSource())) {
			assertThat(registry.leaks(Duration.ofHours(1))).isEmpty();
			Duration held = this.pool.activity().holders().get(0).held();
			try (Connection other = Borrower.forget(this.pool.dataSource())) {
				List<Holder> found = registry.leaks(Duration.ZERO).get("main");
				assertThat(found).hasSize(2).isSortedAccordingTo(Comparator.comparing(Holder::held).reversed());
				assertThat(found.get(0).held()).isGreaterThan(held);
				assertThat(Objects.requireNonNull(found.get(0).acquisition()).getStackTrace())
					.anySatisfy((frame) -> assertThat(frame.getMethodName()).isEqualTo("forget"));
			}
		}
		assertThat(registry.leaks(Duration.ZERO)).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> registry.leaks(Duration.ofSeconds(-1)))
			.withMessage("'threshold' is PT-1S: it must not be negative");
	}

	@Test
	@DisplayName("P5: the background detection reports by its own threshold and period")
	void whenThePeriodIsOverThenTheLeakIsReportedByItself() throws SQLException {
		new PoolRegistry(new LeakDetection(true, Duration.ofMillis(100), Duration.ofMillis(100))).register(this.pool);
		try (Connection connection = Borrower.forget(this.pool.dataSource())) {
			await().until(() -> this.pool.statistics().leaks() == 1);
			// It is counted before it is logged.
			await().until(() -> !this.log.list.isEmpty());
			PoolFixture.execute(connection, "select 1");
		}
		assertThat(this.log.list).singleElement().satisfies(LeakTests::hasTheStackOfTheAcquisition);
	}

	@Test
	@DisplayName("P5: switched off, nothing is noted and nothing looked after")
	void whenSwitchedOffThenNothingIsNoted() throws SQLException {
		new PoolRegistry(new LeakDetection(false, Duration.ofMillis(1), Duration.ofMillis(1))).register(this.pool);
		LeakWatch leaks = this.pool.acquisition().leaks();
		try (Connection connection = Borrower.forget(this.pool.dataSource())) {
			assertThat(this.pool.activity().holders().get(0).acquisition()).isNull();
			assertThat(leaks.needed()).isFalse();
			assertThat(leaks.due(later())).isFalse();
		}
	}

	@Test
	@DisplayName("P5: a pool that is closed is no longer looked after")
	void whenThePoolIsClosedThenNobodyLooksAfterIt() {
		LeakWatch leaks = this.pool.acquisition().leaks();
		assertThat(Watchdog.shared().watches(leaks)).isTrue();
		this.pool.close();
		assertThat(Watchdog.shared().watches(leaks)).isFalse();
	}

	@Test
	@DisplayName("P5: what the holder's thread does is seen when it has held its connection for too long")
	void whenAHolderIsOverdueThenItIsShownWhereItsThreadIs() throws InterruptedException {
		AttemptLedger ledger = new NamedLedger("Orders.export");
		CountDownLatch taken = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<Void> borrower = CompletableFuture.runAsync(() -> {
			ledger.open();
			try {
				Borrower.keep(this.pool.dataSource(), taken, end);
			}
			catch (SQLException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task, "slow").start());
		taken.await();
		assertThat(this.pool.activity().holders()).extracting(Holder::callSite).containsOnlyNulls();
		List<Holder> later = this.pool.acquisition().activity().holders(later());
		assertThat(later).singleElement()
			.satisfies((holder) -> assertThat(Objects.requireNonNull(holder.callSite())).contains("Borrower.keep"));
		end.countDown();
		borrower.join();
	}

	@Test
	@DisplayName("P5: a leaked connection is never handed to another thread")
	void whenAConnectionHasLeakedThenNobodyElseGetsIt() throws SQLException {
		try (Connection one = Borrower.forget(this.pool.dataSource());
				Connection other = Borrower.forget(this.pool.dataSource())) {
			lookLater();
			assertThat(CompletableFuture.supplyAsync(() -> assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> this.pool.dataSource().getConnection()), OwnThreads.EACH))
				.succeedsWithin(Duration.ofSeconds(10));
			PoolFixture.execute(one, "select 1");
			PoolFixture.execute(other, "select 1");
		}
	}

	private void lookLater() {
		this.pool.acquisition().leaks().look(later());
	}

	private static void hasTheStackOfTheAcquisition(ILoggingEvent event) {
		assertThat(event.getThrowableProxy().getMessage()).isEqualTo("taken here");
		assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
			.anySatisfy((frame) -> assertThat(frame.toString()).contains("Borrower.forget"));
	}

	private static long later() {
		return System.nanoTime() + LeakDetection.defaults().threshold().toNanos();
	}

}
