package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for deadlines on databases that are reached over a network.
 */
@EachDatabase(except = { TestDatabase.SQLITE, TestDatabase.H2 })
class ServerDeadlineTests {

	private static final Duration SHORT = Duration.ofMillis(400);

	private final DatabaseInstance database;

	private final AttemptLedger ledger = new AttemptLedger("test");

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
		try (Connection connection = this.pool.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
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
		}
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
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(5));
			assertThat(this.ledger.deadlineExceeded()).isTrue();
			// So that the pool need not wait for a server that says nothing.
			proxy.down();
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
