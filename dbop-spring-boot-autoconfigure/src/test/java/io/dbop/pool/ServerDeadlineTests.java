package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NamedLedger;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.dbop.pool.PoolFixture.execute;
import static io.dbop.pool.PoolFixture.onLastingConnection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for deadlines on databases that are reached over a network.
 */
@EachDatabase(except = { TestDatabase.SQLITE, TestDatabase.H2 })
class ServerDeadlineTests {

	private static final Duration SHORT = Duration.ofMillis(400);

	private final DatabaseInstance database;

	private final AttemptLedger ledger = new NamedLedger("test");

	private ConnectionPool pool;

	ServerDeadlineTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() {
		this.pool = PoolFixture.open(this.database);
		this.ledger.open();
	}

	@AfterEach
	void close() {
		this.ledger.close();
		this.pool.close(Duration.ZERO);
	}

	@Test
	void whenStatementsEndAroundTheDeadlineThenNoLaterOneIsHit() throws SQLException {
		AtomicInteger ended = new AtomicInteger();
		onLastingConnection(this.pool, this.ledger, (connection) -> {
			Statement statement = connection.createStatement();
			for (int i = 0; i < 40; i++) {
				deadlineIn(Duration.ofMillis(20));
				try {
					statement.execute(sleep(Duration.ofMillis(10 + i)));
				}
				catch (SQLException ex) {
					ended.incrementAndGet();
				}
				this.ledger.nextAttempt();
				this.ledger.deadline(AttemptLedger.NO_DEADLINE);
				execute(connection, sleep(Duration.ofMillis(5)));
			}
			statement.close();
		});
		assertThat(ended).as("some deadlines struck").hasPositiveValue();
	}

	@Test
	void whenTheServerHangsThenTheConnectionIsGivenUpAtTheDeadline() throws SQLException {
		try (WireProxy proxy = this.database.proxy();
				ConnectionPool hanging = PoolFixture.open(this.database.through(proxy));
				Connection connection = hanging.dataSource().getConnection()) {
			execute(connection, "select 1");
			proxy.blackHole();
			deadlineIn(SHORT);
			long start = System.nanoTime();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "select 2"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusMillis(1500));
			assertThat(this.ledger.deadlineExceeded()).isTrue();
			// Or else the pool waits for the connection that it opens meanwhile.
			proxy.heal();
		}
	}

	/**
	 * MariaDB's driver asks the server to end the connection, before it closes its end.
	 */
	@Test
	void whenTheServerHangsAndTheCallerWantsNoMoreThenTheThreadIsFree() throws Exception {
		assumeThat(this.database.database()).isNotEqualTo(TestDatabase.MARIADB);
		CancelSignal signal = new CancelSignal();
		CompletableFuture<Long> waited = new CompletableFuture<>();
		try (WireProxy proxy = this.database.proxy();
				ConnectionPool hanging = PoolFixture.open(this.database.through(proxy))) {
			CountDownLatch begun = new CountDownLatch(1);
			Thread worker = new Thread(() -> {
				AttemptLedger unlimited = signal.ledger("cancelled");
				unlimited.open();
				long start = System.nanoTime();
				try (Connection connection = hanging.dataSource().getConnection()) {
					execute(connection, "select 1");
					proxy.blackHole();
					begun.countDown();
					start = System.nanoTime();
					execute(connection, "select 2");
				}
				catch (SQLException ex) {
					waited.complete(System.nanoTime() - start);
				}
				finally {
					unlimited.close();
				}
			});
			worker.start();
			begun.await();
			signal.cancel();
			assertThat(Duration.ofNanos(waited.get(10, TimeUnit.SECONDS))).isLessThan(Duration.ofSeconds(3));
			proxy.heal();
		}
	}

	private void deadlineIn(Duration time) {
		this.ledger.deadline(System.nanoTime() + time.toNanos());
	}

	/** MySQL reports no error when it ends a query that is nothing but a sleep. */
	private String sleep(Duration time) {
		return this.database.sleepSql(time)
				+ ((this.database.database() == TestDatabase.MYSQL) ? " from (select 1 union all select 2) two" : "");
	}

}
