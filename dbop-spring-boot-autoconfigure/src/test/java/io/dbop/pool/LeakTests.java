package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dbop.test.Borrower;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		AttemptLedger ledger = new AttemptLedger("Orders.export");
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
	@DisplayName("P5: after the first report connections are known by where they were taken")
	void whenOneHasLeakedThenTheNextOneIsReportedWithItsAcquisition() throws SQLException {
		try (Connection first = Borrower.forget(this.pool.dataSource())) {
			assertThat(this.pool.holders()).singleElement().extracting(Holder::callSite).isNull();
			lookLater();
		}
		try (Connection second = Borrower.forget(this.pool.dataSource())) {
			lookLater();
			assertThat(this.pool.holders()).singleElement()
				.extracting(Holder::callSite)
				.asString()
				.contains("Borrower.forget");
		}
		assertThat(this.log.list).hasSize(2);
		assertThat(this.log.list.get(1).getThrowableProxy().getStackTraceElementProxyArray())
			.anySatisfy((frame) -> assertThat(frame.toString()).contains("Borrower.forget"));
	}

	@Test
	@DisplayName("P5: what the holder's thread does is seen when it has held its connection for too long")
	void whenAHolderIsOverdueThenItIsShownWhereItsThreadIs() throws InterruptedException {
		CountDownLatch taken = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<Void> borrower = CompletableFuture.runAsync(() -> {
			try {
				Borrower.keep(this.pool.dataSource(), taken, end);
			}
			catch (SQLException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task, "slow").start());
		taken.await();
		assertThat(this.pool.holders()).extracting(Holder::callSite).containsOnlyNulls();
		List<Holder> later = this.pool.acquisition().holders(later());
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

	private static long later() {
		return System.nanoTime() + LeakWatch.THRESHOLD.toNanos();
	}

}
