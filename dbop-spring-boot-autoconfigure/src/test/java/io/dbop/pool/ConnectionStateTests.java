package io.dbop.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

import io.dbop.dialect.Dialects;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NamedLedger;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the state in which a connection goes back, to HikariCP and to a pool that
 * resets nothing.
 */
@EachDatabase(also = TestDatabase.HSQLDB)
class ConnectionStateTests {

	private final DatabaseInstance database;

	private final AttemptLedger ledger = new NamedLedger("test");

	private ConnectionPool hikari;

	private SingleConnectionDataSource single;

	private ConnectionPool careless;

	ConnectionStateTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.hikari = PoolFixture.open(this.database, PoolFixture.config(this.database).poolMin(1).poolMax(1));
		this.single = new SingleConnectionDataSource(this.database.url(), this.database.username(),
				this.database.password(), true);
		this.careless = ConnectionPoolFactory.adopt("careless", this.single, new Dialects(List.of()));
		this.ledger.open();
	}

	@AfterEach
	void close() {
		this.ledger.close();
		this.hikari.close();
		this.careless.close();
		this.single.destroy();
	}

	@ParameterizedTest(name = "T12 after {0}")
	@EnumSource
	void whenGivenBackThenSettingsAreAsFound(End end) throws SQLException {
		check(this.hikari, end);
		check(this.careless, end);
	}

	@Test
	void whenATransactionIsLeftOpenThenItIsNotCommitted() throws SQLException {
		for (ConnectionPool pool : List.of(this.hikari, this.careless)) {
			try (Connection connection = pool.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				execute(connection, "insert into item (id) values (1)");
			}
			assertThat(PoolFixture.count(this.database)).isZero();
		}
	}

	/** Some drivers prepare at once, before anything has begun. */
	@Test
	void whenATransactionBeginsWithAFailureThenTheNextBorrowerIsInNone() throws SQLException {
		for (ConnectionPool pool : List.of(this.hikari, this.careless)) {
			try (Connection connection = pool.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> query(connection, "select * from missing"));
				connection.rollback();
				connection.setAutoCommit(true);
			}
			try (Connection connection = pool.dataSource().getConnection()) {
				execute(connection, "insert into item (id) values (1)");
			}
			assertThat(PoolFixture.count(this.database)).isOne();
			try (Connection connection = pool.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				execute(connection, "delete from item");
				connection.commit();
			}
			assertThat(PoolFixture.count(this.database)).isZero();
		}
	}

	@Test
	void whenWhatFailsFirstIsExpectedThenTheTransactionGoesOnAfterwards() throws SQLException {
		for (ConnectionPool pool : List.of(this.hikari, this.careless)) {
			try (Connection connection = pool.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> query(connection, "select * from missing"));
				if (pool.dialect().errorAbortsTransaction()) {
					connection.rollback();
				}
				execute(connection, "insert into item (id) values (1)");
				assertThat(PoolFixture.count(this.database)).as("not yet committed").isZero();
				connection.commit();
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> query(connection, "select * from missing"));
				connection.rollback();
				execute(connection, "delete from item");
				connection.commit();
			}
			assertThat(PoolFixture.count(this.database)).isZero();
			this.ledger.nextAttempt();
		}
	}

	@Test
	void whenTheDriverIsWorkedWithAfterAnEndThenWhatIsLeftOpenIsNotCommitted() throws SQLException {
		for (ConnectionPool pool : List.of(this.hikari, this.careless)) {
			try (Connection connection = pool.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				Connection driver = driver(connection);
				execute(driver, "insert into item (id) values (1)");
				connection.rollback();
				execute(driver, "insert into item (id) values (2)");
			}
			assertThat(PoolFixture.count(this.database)).isZero();
		}
	}

	/** Beneath it may be the one that somebody else has now. */
	@Test
	void whenGivenBackThenItsClientInfoIsNotChangedAnyMore() throws SQLException {
		Connection connection = this.careless.dataSource().getConnection();
		connection.close();
		assertThatExceptionOfType(SQLClientInfoException.class)
			.isThrownBy(() -> connection.setClientInfo("ApplicationName", "late"))
			.withMessageContaining("closed");
		assertThatExceptionOfType(SQLClientInfoException.class)
			.isThrownBy(() -> connection.setClientInfo(new Properties()))
			.withMessageContaining("closed");
	}

	/** JDBC does not ask for it to be switched back. */
	@Test
	void whenTheSessionWasChangedWithAutocommitOffThenItIsGivenBackAllTheSame() throws SQLException {
		for (ConnectionPool pool : List.of(this.hikari, this.careless)) {
			try (Connection connection = pool.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				for (String change : changeOfSession()) {
					execute(connection, change);
				}
				execute(connection, "insert into item (id) values (1)");
				connection.rollback();
			}
			try (Connection connection = pool.dataSource().getConnection()) {
				assertThat(connection.getAutoCommit()).isTrue();
			}
			assertThat(PoolFixture.count(this.database)).isZero();
		}
	}

	private List<String> changeOfSession() {
		return switch (this.database.database()) {
			case POSTGRESQL -> List.of("SET lock_timeout = 77");
			case MYSQL, MARIADB -> List.of("SET @nothing = 1");
			case SQLITE -> List.of("PRAGMA cache_size = 77");
			default -> List.of();
		};
	}

	private static void query(Connection connection, String sql) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.executeQuery();
		}
	}

	private void check(ConnectionPool pool, End end) throws SQLException {
		State found = state(pool);
		AtomicReference<State> changed = new AtomicReference<>();
		try (Connection connection = pool.dataSource().getConnection()) {
			this.ledger.deadline(System.nanoTime() + Duration.ofSeconds(30).toNanos());
			connection.setReadOnly(true);
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			connection.setAutoCommit(false);
			execute(connection, "select * from item");
			changed.set(State.of(connection));
			end.come(connection, this.ledger);
		}
		finally {
			this.ledger.nextAttempt();
			this.ledger.deadline(AttemptLedger.NO_DEADLINE);
		}
		assertThat(changed.get()).as("something was changed").isNotEqualTo(found);
		assertThat(state(pool)).isEqualTo(found);
	}

	/** By its class: for the interface it is the one that was given. */
	private static Connection driver(Connection connection) throws SQLException {
		return connection.unwrap(((RecordedConnection) connection).target().unwrap(Connection.class).getClass());
	}

	private static State state(ConnectionPool pool) throws SQLException {
		try (Connection connection = pool.dataSource().getConnection()) {
			State state = State.of(connection);
			assertThat(driver(connection).getAutoCommit()).as("the driver's autocommit").isEqualTo(state.autoCommit());
			assertThat(driver(connection).isReadOnly()).as("the driver's mode").isEqualTo(state.readOnly());
			return state;
		}
	}

	/** How the work on the connection ends. */
	enum End {

		SUCCESS {
			@Override
			void come(Connection connection, AttemptLedger ledger) throws SQLException {
				connection.commit();
			}
		},

		FAILURE {
			@Override
			void come(Connection connection, AttemptLedger ledger) {
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> execute(connection, "select * from nowhere"));
			}
		},

		TIMEOUT {
			@Override
			void come(Connection connection, AttemptLedger ledger) {
				ledger.deadline(System.nanoTime());
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "select 1"));
			}
		};

		abstract void come(Connection connection, AttemptLedger ledger) throws SQLException;

	}

	private record State(boolean autoCommit, boolean readOnly, int isolation, int networkTimeout) {

		static State of(Connection connection) throws SQLException {
			Connection target = ((RecordedConnection) connection).target();
			return new State(connection.getAutoCommit(), connection.isReadOnly(), target.getTransactionIsolation(),
					target.getNetworkTimeout());
		}

	}

}
