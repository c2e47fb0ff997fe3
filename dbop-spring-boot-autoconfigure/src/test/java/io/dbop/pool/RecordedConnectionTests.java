package io.dbop.pool;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;

import io.dbop.failure.Phase;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NamedLedger;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what {@link RecordedConnection} tells the {@link AttemptLedger}.
 */
@EachDatabase(also = TestDatabase.HSQLDB)
class RecordedConnectionTests {

	private static final String INSERT = "insert into item (id, name) values (1, 'one')";

	private final DatabaseInstance database;

	private final AttemptLedger ledger = new NamedLedger("test");

	private ConnectionPool pool;

	RecordedConnectionTests(DatabaseInstance database) {
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
	void whenAWriteCommitsByItselfThenItIsCounted() throws SQLException {
		try (Connection connection = connection()) {
			execute(connection, INSERT);
			execute(connection, "select * from item");
		}
		assertThat(this.ledger.committedWrites()).isOne();
	}

	@Test
	void whenATransactionWroteThenItsCommitIsCounted() throws SQLException {
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			assertThat(this.ledger.committedWrites()).isZero();
			connection.commit();
			assertThat(this.ledger.committedWrites()).isOne();
			execute(connection, "select * from item");
			connection.commit();
			connection.setAutoCommit(true);
		}
		assertThat(this.ledger.committedWrites()).isOne();
		assertThat(this.ledger.commitPending()).isFalse();
		assertThat((Object) this.ledger.failure()).isNull();
	}

	@Test
	void whenAutoCommitIsSwitchedOnInATransactionThenThatIsACommit() throws SQLException {
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			connection.setAutoCommit(true);
		}
		assertThat(this.ledger.committedWrites()).isOne();
		assertThat(PoolFixture.count(this.database)).isOne();
	}

	@Test
	void whenRolledBackThenNothingIsCounted() throws SQLException {
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			connection.rollback();
			connection.setAutoCommit(true);
		}
		assertThat(this.ledger.committedWrites()).isZero();
		assertThat(PoolFixture.count(this.database)).isZero();
	}

	@Test
	void whenAStatementFailsInATransactionThenThePhaseIsExecuting() throws SQLException {
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			SQLException failure = catchThrowableOfType(SQLException.class, () -> execute(connection, INSERT));
			assertThat((Object) this.ledger.failure()).isSameAs(failure);
			assertThat(this.ledger.phase()).isEqualTo(Phase.EXECUTING);
			assertThat(this.ledger.failedPool()).isSameAs(this.pool);
			boolean aborts = this.pool.dialect().errorAbortsTransaction();
			assertThat(this.ledger.transactionUndone(this.pool)).isEqualTo(aborts);
			if (aborts) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "select 1"));
				assertThat((Object) this.ledger.failure()).as("not the consequence").isSameAs(failure);
			}
			connection.rollback();
			assertThat(this.ledger.transactionUndone(this.pool)).isFalse();
		}
	}

	@Test
	void whenRolledBackToASavepointThenTheTransactionGoesOn() throws SQLException {
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			Savepoint savepoint = connection.setSavepoint();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, INSERT));
			connection.rollback(savepoint);
			assertThat(this.ledger.transactionUndone(this.pool)).isFalse();
			connection.commit();
		}
		assertThat(this.ledger.committedWrites()).isOne();
		assertThat(PoolFixture.count(this.database)).isOne();
	}

	@Test
	void whenUndoneInsideThenTheOperationAroundItKnows() throws SQLException {
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			AttemptLedger inner = new NamedLedger("inner");
			inner.open();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, INSERT));
			inner.close();
			assertThat(this.ledger.transactionUndone(this.pool))
				.isEqualTo(this.pool.dialect().errorAbortsTransaction());
			this.ledger.nextAttempt();
			assertThat(this.ledger.transactionUndone(this.pool))
				.isEqualTo(this.pool.dialect().errorAbortsTransaction());
		}
		assertThat(this.ledger.transactionUndone(this.pool)).as("after it was given back").isFalse();
	}

	@Test
	void whenAWriteFailsOnItsOwnThenThePhaseIsAutocommit() throws SQLException {
		try (Connection connection = connection()) {
			execute(connection, INSERT);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, INSERT));
		}
		assertThat(this.ledger.phase()).isEqualTo(Phase.AUTOCOMMIT);
		assertThat(this.ledger.transactionUndone(this.pool)).isFalse();
		assertThat(this.ledger.commitPending()).as("a constraint is no doubt").isFalse();
	}

	@Test
	void whenAReadFailsOnItsOwnThenNothingCanBeInDoubt() throws SQLException {
		try (Connection connection = connection()) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> execute(connection, "select * from nowhere"));
		}
		assertThat(this.ledger.phase()).isEqualTo(Phase.EXECUTING);
		assertThat(this.ledger.transactionUndone(this.pool)).isFalse();
	}

	@Test
	void whenPreparedStatementsRunThenTheyAreRecordedToo() throws SQLException {
		try (Connection connection = connection();
				PreparedStatement insert = connection.prepareStatement("insert into item (id) values (?)");
				PreparedStatement select = connection.prepareStatement("select id from item where id = ?")) {
			insert.setInt(1, 1);
			insert.executeUpdate();
			select.setInt(1, 1);
			try (var rows = select.executeQuery()) {
				assertThat(rows.next()).isTrue();
			}
			assertThat(this.ledger.committedWrites()).isOne();
			SQLException failure = catchThrowableOfType(SQLException.class, insert::executeUpdate);
			assertThat((Object) this.ledger.failure()).isSameAs(failure);
			assertThat(insert.getConnection()).isSameAs(connection);
		}
	}

	@Test
	void whenABatchFailsHalfwayThenSomeMayHaveLanded() throws SQLException {
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			statement.addBatch(INSERT);
			statement.addBatch(INSERT);
			assertThatExceptionOfType(BatchUpdateException.class).isThrownBy(statement::executeBatch);
		}
		int landed = PoolFixture.count(this.database);
		assertThat(this.ledger.committedWrites()).isGreaterThanOrEqualTo(landed);
		assertThat(this.ledger.phase()).isEqualTo(Phase.AUTOCOMMIT);
	}

	@Test
	void whenNobodyListensThenAllWorksTheSame() throws SQLException {
		this.ledger.close();
		try (Connection connection = transaction()) {
			execute(connection, INSERT);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, INSERT));
			connection.rollback();
		}
		finally {
			this.ledger.open();
		}
		assertThat((Object) this.ledger.failure()).isNull();
	}

	@Test
	void whenClosedThenItIsOfNoMoreUse() throws SQLException {
		Connection connection = connection();
		Statement statement = connection.createStatement();
		connection.close();
		connection.close();
		assertThat(connection.isClosed()).isTrue();
		assertThat(connection.isValid(1)).isFalse();
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::createStatement);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"));
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
		assertThat(this.ledger.commitPending()).isFalse();
		assertThat(this.pool.statistics().released()).isOne();
	}

	@Test
	void whenUnwrappedThenTheDriversConnectionIsReached() throws SQLException {
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			Class<?> driver = driverConnectionType();
			assertThat(connection.isWrapperFor(driver)).isTrue();
			assertThat(connection.unwrap(driver)).isInstanceOf(driver);
			assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
			assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
			assertThat(statement.getConnection()).isSameAs(connection);
			assertThat(connection.getMetaData().getDatabaseProductName()).isNotBlank();
			assertThat(connection).isEqualTo(connection).hasSameHashCodeAs(connection);
		}
	}

	@Test
	void whenTwoThreadsWriteInTransactionsThatHaveReadThenNeitherIsRefusedForGood() throws SQLException {
		try (Connection one = transaction()) {
			execute(one, "select * from item");
			execute(one, INSERT);
			one.commit();
			one.setAutoCommit(true);
		}
		assertThat(PoolFixture.count(this.database)).isOne();
	}

	private Class<?> driverConnectionType() {
		String name = switch (this.database.database()) {
			case SQLITE -> "org.sqlite.SQLiteConnection";
			case HSQLDB -> "org.hsqldb.jdbc.JDBCConnection";
			case H2 -> "org.h2.jdbc.JdbcConnection";
			case POSTGRESQL -> "org.postgresql.PGConnection";
			case MARIADB -> "org.mariadb.jdbc.Connection";
			case MYSQL -> "com.mysql.cj.jdbc.JdbcConnection";
		};
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Connection connection() throws SQLException {
		return this.pool.dataSource().getConnection();
	}

	private Connection transaction() throws SQLException {
		Connection connection = connection();
		connection.setAutoCommit(false);
		return connection;
	}

}
