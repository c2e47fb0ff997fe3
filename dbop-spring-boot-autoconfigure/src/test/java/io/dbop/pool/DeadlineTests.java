package io.dbop.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NamedLedger;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.dbop.pool.PoolFixture.execute;
import static io.dbop.pool.PoolFixture.onLastingConnection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the deadline of an {@link AttemptLedger}.
 */
@EachDatabase(also = TestDatabase.HSQLDB)
class DeadlineTests {

	private static final Duration SHORT = Duration.ofMillis(400);

	private static final Duration ROUGHLY_THEN = Duration.ofSeconds(2);

	private final DatabaseInstance database;

	private final AttemptLedger ledger = new NamedLedger("test");

	private ConnectionPool pool;

	DeadlineTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.pool = PoolFixture.open(this.database);
		this.ledger.open();
	}

	@AfterEach
	void close() {
		this.ledger.close();
		this.pool.close(Duration.ZERO);
	}

	@Test
	@DisplayName("O1 whenTheDeadlineComesThenTheStatementIsEndedOnTheServer")
	void whenTheDeadlineComesThenTheStatementIsEndedOnTheServer() throws SQLException {
		onLastingConnection(this.pool, this.ledger, (connection) -> {
			deadlineIn(SHORT);
			long start = System.nanoTime();
			runTooLong(connection);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, ROUGHLY_THEN);
			assertThat(this.ledger.deadlineExceeded()).isTrue();
			nothingRunsOnTheServer();
			this.ledger.nextAttempt();
			this.ledger.deadline(AttemptLedger.NO_DEADLINE);
			execute(connection, "select 1");
		});
		assertThat(this.ledger.deadlineExceeded()).isFalse();
	}

	@Test
	@DisplayName("O5 whenTheDeadlineComesInATransactionThenItCanBeRolledBackAndTheConnectionUsed")
	void whenTheDeadlineComesInATransactionThenItCanBeRolledBack() throws SQLException {
		onLastingConnection(this.pool, this.ledger, (connection) -> {
			connection.setAutoCommit(false);
			execute(connection, "insert into item (id) values (1)");
			deadlineIn(SHORT);
			runTooLong(connection);
			assertThat(this.ledger.deadlineExceeded()).isTrue();
			connection.rollback();
			this.ledger.deadline(AttemptLedger.NO_DEADLINE);
			execute(connection, "insert into item (id) values (2)");
			connection.commit();
		});
		assertThat(PoolFixture.count(this.database)).isOne();
	}

	@Test
	void whenAWriteIsEndedInATransactionThenItIsKnownWhetherTheTransactionStands() throws SQLException {
		onLastingConnection(this.pool, this.ledger, (connection) -> {
			connection.setAutoCommit(false);
			execute(connection, "insert into item (id) values (-1)");
			deadlineIn(SHORT);
			writeTooLong(connection);
			boolean stands = !this.ledger.transactionUndone(this.pool);
			this.ledger.nextAttempt();
			this.ledger.deadline(AttemptLedger.NO_DEADLINE);
			if (stands) {
				connection.commit();
			}
			else {
				connection.rollback();
			}
			connection.setAutoCommit(true);
			assertThat(PoolFixture.count(this.database)).isEqualTo(stands ? 1 : 0);
		});
	}

	@Test
	void whenTheDeadlineIsOverThenNothingIsSent() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection();
				Statement statement = connection.createStatement();
				PreparedStatement prepared = connection.prepareStatement("insert into item (id) values (2)")) {
			deadlineIn(Duration.ZERO);
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("insert into item (id) values (1)"));
			assertThatExceptionOfType(SQLException.class).isThrownBy(prepared::executeUpdate);
			assertThat(this.ledger.deadlineExceeded()).isTrue();
			assertThat(this.ledger.transactionUndone(this.pool)).isFalse();
			assertThat(this.ledger.committedWrites()).isZero();
		}
		assertThat(PoolFixture.count(this.database)).isZero();
	}

	@Test
	void whenTheDeadlineIsOverThenACommitIsNotEvenBegun() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "insert into item (id) values (1)");
			deadlineIn(Duration.ZERO);
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
			assertThat(this.ledger.commitPending()).isFalse();
			assertThat(this.ledger.deadlineExceeded()).isTrue();
			connection.rollback();
		}
		assertThat(PoolFixture.count(this.database)).isZero();
	}

	@Test
	void whenTheDeadlineIsOverThenNoConnectionIsTaken() {
		deadlineIn(Duration.ZERO);
		assertThatExceptionOfType(AcquisitionTimeoutException.class)
			.isThrownBy(() -> this.pool.dataSource().getConnection())
			.withMessageContaining("time of the attempt");
		assertThat(this.ledger.deadlineExceeded()).isTrue();
		assertThat(this.ledger.refusedUnasked()).as("which says nothing of the database").isTrue();
		assertThat(this.pool.statistics().timeouts()).isZero();
		assertThat(this.pool.statistics().errors()).isZero();
	}

	@Test
	void whenACloserDeadlineInsideIsOverThenTheOneAroundItHoldsAgain() throws SQLException {
		onLastingConnection(this.pool, this.ledger, (connection) -> {
			deadlineIn(Duration.ofSeconds(60));
			execute(connection, "select 1");
			AttemptLedger inner = new NamedLedger("inner");
			inner.open();
			inner.deadline(System.nanoTime() + SHORT.toNanos());
			runTooLong(connection);
			assertThat(inner.deadlineExceeded()).isTrue();
			inner.close();
			int before = connection.getNetworkTimeout();
			execute(connection, "select 1");
			if (before != 0) {
				assertThat(connection.getNetworkTimeout()).isGreaterThan((int) Duration.ofSeconds(50).toMillis());
			}
		});
	}

	private void deadlineIn(Duration time) {
		this.ledger.deadline(System.nanoTime() + time.toNanos());
	}

	/** SQLite has no statement that waits, and that of H2 does not heed a cancel. */
	private void runTooLong(Connection connection) {
		String sql = switch (this.database.database()) {
			case SQLITE -> "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
			case H2 -> "select count(*) from system_range(1, 100000000000) where x % 7 = 3";
			default -> sleep(Duration.ofSeconds(60));
		};
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, sql));
	}

	private void writeTooLong(Connection connection) {
		String sql = switch (this.database.database()) {
			case SQLITE -> "with recursive n(i) as (select 1 union all select i + 1 from n)"
					+ " insert into item (id) select i from n";
			case H2 -> "insert into item (id) select x from system_range(1, 100000000000) where x % 7000000 = 3";
			default -> "insert into item (id) select 2 from (" + sleep(Duration.ofSeconds(60)) + ") slow";
		};
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, sql));
	}

	/** MySQL reports no error when it ends a query that is nothing but a sleep. */
	private String sleep(Duration time) {
		return this.database.sleepSql(time)
				+ ((this.database.database() == TestDatabase.MYSQL) ? " from (select 1 union all select 2) two" : "");
	}

	private void nothingRunsOnTheServer() throws SQLException {
		String running = switch (this.database.database()) {
			case POSTGRESQL ->
				"select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(%'"
						+ " and pid <> pg_backend_pid()";
			case MARIADB, MYSQL -> "select count(*) from information_schema.processlist where info like '%sleep(%'"
					+ " and id <> connection_id()";
			default -> null;
		};
		if (running != null) {
			try (Connection connection = this.database.dataSource().getConnection();
					Statement statement = connection.createStatement()) {
				await().atMost(Duration.ofSeconds(2)).until(() -> {
					try (var rows = statement.executeQuery(running)) {
						return rows.next() && rows.getInt(1) == 0;
					}
				});
			}
		}
	}

}
