package io.dbop.pool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.dbop.dialect.Dialects;
import io.dbop.test.NamedLedger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The thread that keeps the time comes and goes. */
class WatchdogTests {

	private static final long SHORT = Duration.ofMillis(5).toNanos();

	@Test
	void whenThereIsNothingToLookAfterThenItsThreadEndsAndComesBack() throws SQLException {
		Watchdog watchdog = new Watchdog(0);
		try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:watchdog");
				Statement statement = connection.createStatement()) {
			assertThat(watchdog.asleep()).isTrue();
			DeadlineGuard guard = new DeadlineGuard("test", connection, Dialects.generic(), watchdog);
			for (int i = 0; i < 3; i++) {
				guard.begin(statement, brief(), DeadlineGuard.UNLIMITED);
				assertThat(watchdog.asleep()).isFalse();
				await().until(() -> guard.struck());
				guard.end();
				guard.lift();
				await().atMost(Duration.ofSeconds(5)).until(watchdog::asleep);
			}
		}
	}

	@Test
	void whenItsThreadIsJustEndingThenNoDeadlineIsMissed() throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:watchdog");
				Statement statement = connection.createStatement()) {
			Watchdog watchdog = new Watchdog(0);
			for (int i = 0; i < 300; i++) {
				watchdog.wake();
				DeadlineGuard guard = new DeadlineGuard("test", connection, Dialects.generic(), watchdog);
				guard.begin(statement, brief(), DeadlineGuard.UNLIMITED);
				await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(3)).until(() -> guard.struck());
				guard.end();
				guard.lift();
			}
		}
	}

	private static AttemptLedger brief() {
		AttemptLedger ledger = new NamedLedger("brief");
		ledger.deadline(System.nanoTime() + SHORT);
		return ledger;
	}

}
