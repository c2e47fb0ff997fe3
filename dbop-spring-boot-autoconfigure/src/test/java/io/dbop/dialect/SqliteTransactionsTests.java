package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
@EachDatabase(TestDatabase.SQLITE)
class SqliteTransactionsTests {

	private static final String SUM = "select sum(balance) from account";

	private final SqliteDialect dialect = new SqliteDialect();

	private final TransactionBoundaries transactions = this.dialect.transactions();

	private final Properties properties = new Properties();

	private final DriverManagerDataSource dataSource;

	private final Connections connections;

	SqliteTransactionsTests(DatabaseInstance database) {
		this.dataSource = new DriverManagerDataSource(database.url());
		this.properties
			.putAll(this.dialect.connectionProperties(new ConnectionTimeouts(Duration.ZERO, Duration.ofMillis(50))));
		this.dataSource.setConnectionProperties(this.properties);
		this.connections = new Connections(this.dataSource);
	}

	@BeforeEach
	void createTables() throws SQLException {
		run(this.connections.open(), "create table account (id integer primary key, balance int not null)",
				"create table debit (account int references account (id) deferrable initially deferred)",
				"insert into account values (1, 100), (2, 100)");
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenNothingIsDoneThenNothingIsLocked(Shown shown) throws SQLException {
		Connection idle = open(shown);
		this.transactions.autoCommit(idle, false);
		run(this.connections.open(), "update account set balance = 1 where id = 1");
		this.transactions.commit(idle);
		this.transactions.rollback(idle);
		this.transactions.autoCommit(idle, true);
		assertThat(ask(idle, SUM)).isEqualTo("101");
	}

	@ParameterizedTest
	@EnumSource
	void whenTransactionsBeginWritingThenTheSecondWaitsAndReadersDoNot(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		Connection waiter = open(shown);
		assertMeaning(this.dialect,
				catchThrowableOfType(SQLException.class, () -> this.transactions.begin(waiter, true)),
				"LOCK_TIMEOUT/SAVEPOINT/NONE");
		assertThat(ask(waiter, SUM)).isEqualTo("200");
		this.transactions.rollback(waiter);
		run(writer, "update account set balance = 1 where id = 1");
		Connection reader = begin(shown, false);
		assertThat(ask(reader, SUM)).isEqualTo("200");
		this.transactions.commit(writer);
		this.transactions.begin(waiter, true);
		run(waiter, "update account set balance = balance + 1 where id = 1");
		this.transactions.commit(waiter);
		assertThat(ask(reader, SUM)).as("in its transaction still").isEqualTo("200");
		this.transactions.commit(reader);
		assertThat(ask(reader, SUM)).isEqualTo("102");
	}

	@ParameterizedTest
	@EnumSource
	void whenItCannotWriteThenWhatFollowsIsInATransactionAllTheSame(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		Connection stubborn = open(shown);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.transactions.begin(stubborn, true));
		this.transactions.rollback(writer);
		run(stubborn, "update account set balance = 1 where id = 1");
		assertThat(ask(this.connections.open(), SUM)).isEqualTo("200");
		this.transactions.rollback(stubborn);
		assertThat(ask(stubborn, SUM)).isEqualTo("200");
	}

	@ParameterizedTest
	@EnumSource
	void whenWriterHasReadThenNobodyWritesInBetween(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		ask(writer, SUM);
		assertMeaning(this.dialect, failureOf(this.connections.open(), "update account set balance = 7 where id = 1"),
				"LOCK_TIMEOUT/SAVEPOINT/NONE");
		run(writer, "update account set balance = 1 where id = 1");
		this.transactions.commit(writer);
		this.transactions.autoCommit(writer, true);
		run(writer, "update account set balance = 2 where id = 2");
		assertThat(ask(this.connections.open(), SUM)).isEqualTo("3");
	}

	@ParameterizedTest
	@EnumSource
	void whenCommittedThenNoLockIsTaken(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		run(writer, "update account set balance = 1 where id = 1");
		this.transactions.commit(writer);
		run(this.connections.open(), "update account set balance = 2 where id = 1");
		assertThat(ask(writer, SUM)).isEqualTo("102");
	}

	@ParameterizedTest
	@EnumSource
	void whenCommitIsRefusedThenItMayBeMended(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		run(writer, "insert into debit values (3)");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.transactions.commit(writer));
		run(writer, "insert into account values (3, 300)");
		assertThat(ask(this.connections.open(), SUM)).isEqualTo("200");
		this.transactions.commit(writer);
		assertThat(ask(this.connections.open(), SUM)).isEqualTo("500");
	}

	@ParameterizedTest
	@EnumSource
	void whenCommitIsRefusedThenItMayBeRolledBack(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		run(writer, "insert into debit values (3)");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.transactions.commitBySwitching(writer));
		this.transactions.rollback(writer);
		assertThat(ask(this.connections.open(), "select count(*) from debit")).isEqualTo("0");
		run(this.connections.open(), "update account set balance = 2 where id = 1");
	}

	@ParameterizedTest
	@EnumSource
	void whenSavepointComesFirstThenItIsInTheTransaction(Shown shown) throws SQLException {
		Connection writer = begin(shown, true);
		Savepoint savepoint = writer.setSavepoint();
		run(writer, "update account set balance = 1 where id = 1");
		writer.rollback(savepoint);
		run(writer, "update account set balance = 1 where id = 2");
		this.transactions.commit(writer);
		assertThat(ask(writer, "select group_concat(balance) from account")).isEqualTo("100,1");
	}

	@ParameterizedTest
	@EnumSource
	void whenAnotherModeIsSetThenItIsKept(Shown shown) throws SQLException {
		this.properties.put("transaction_mode", "EXCLUSIVE");
		this.properties.put("journal_mode", "DELETE");
		this.dataSource.setUrl(this.dataSource.getUrl().replace("test.db", "journal.db"));
		Connection other = this.connections.open();
		run(other, "create table account (balance int)");
		for (int i = 0; i < 2; i++) {
			Connection reader = begin(shown, false);
			assertMeaning(this.dialect, failureOf(other, SUM), "LOCK_TIMEOUT/SAVEPOINT/NONE");
			this.transactions.rollback(reader);
			Connection writer = begin(shown, true);
			run(writer, "insert into account values (1)");
			this.transactions.commit(writer);
		}
		assertThat(ask(other, SUM)).isEqualTo("2");
	}

	@ParameterizedTest
	@EnumSource(names = "DRIVERS_CONNECTION")
	void whenTheLockIsHeldInAnotherModeThenItBeginsLater(Shown shown) throws SQLException {
		this.properties.put("transaction_mode", "IMMEDIATE");
		Connection holder = begin(shown, true);
		Connection other = open(shown);
		this.transactions.autoCommit(other, false);
		assertMeaning(this.dialect,
				catchThrowableOfType(SQLException.class, () -> this.transactions.begin(other, true)),
				"LOCK_TIMEOUT/SAVEPOINT/NONE");
		this.transactions.rollback(holder);
		this.transactions.rollback(other);
		this.transactions.begin(other, true);
		run(other, "update account set balance = 1 where id = 1");
		assertThat(ask(holder, SUM)).isEqualTo("200");
		this.transactions.commit(other);
		assertThat(ask(holder, SUM)).isEqualTo("101");
	}

	@ParameterizedTest
	@EnumSource(names = "DRIVERS_CONNECTION")
	void whenTheLockIsHeldInAnotherModeThenAReaderBeginsLater(Shown shown) throws SQLException {
		this.properties.put("transaction_mode", "IMMEDIATE");
		Connection holder = begin(shown, true);
		Connection reader = open(shown);
		this.transactions.autoCommit(reader, false);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.transactions.begin(reader, false));
		this.transactions.rollback(reader);
		this.transactions.rollback(holder);
		this.transactions.beginEach(reader);
		run(reader, "update account set balance = 1 where id = 1");
		assertThat(ask(holder, SUM)).isEqualTo("101");
		this.transactions.begin(reader, false);
		assertThat(ask(reader, SUM)).isEqualTo("101");
		this.transactions.commit(reader);
	}

	@Test
	void whenAPoolBelievesOtherwiseThenARollbackIsOneAllTheSame() throws SQLException {
		HikariConfig config = new HikariConfig();
		config.setDataSource(this.dataSource);
		config.setMaximumPoolSize(1);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			try (Connection connection = pool.getConnection()) {
				this.transactions.begin(connection, true);
				this.transactions.commit(connection);
				run(connection, "begin", "update account set balance = 1");
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> this.transactions.begin(connection, true));
				this.transactions.rollback(connection);
			}
			try (Connection connection = pool.getConnection()) {
				this.transactions.beginEach(connection);
				run(connection, "update account set balance = 2 where id = 1");
			}
			assertThat(ask(this.connections.open(), SUM)).isEqualTo("102");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenItHasEndedWithoutBeingToldThenTheNextIsOne(Shown shown) throws SQLException {
		Connection connection = begin(shown, true);
		run(connection, "update account set balance = 1", "rollback");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.transactions.commit(connection));
		this.transactions.rollback(connection);
		this.transactions.beginEach(connection);
		run(connection, "update account set balance = 2 where id = 1");
		this.transactions.begin(connection, true);
		run(connection, "update account set balance = 3");
		Connection other = this.connections.open();
		assertThat(ask(other, SUM)).isEqualTo("102");
		this.transactions.commit(connection);
		assertThat(ask(other, SUM)).isEqualTo("6");
	}

	private Connection begin(Shown shown, boolean writes) throws SQLException {
		Connection connection = open(shown);
		this.transactions.autoCommit(connection, false);
		this.transactions.begin(connection, writes);
		return connection;
	}

	private Connection open(Shown shown) throws SQLException {
		Connection connection = this.connections.open();
		return (shown == Shown.DRIVERS_CONNECTION) ? connection : hidden(connection);
	}

	/** As wrappers are that do not care for what is inside. */
	private static Connection hidden(Connection connection) {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("isWrapperFor")) {
						return false;
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

	/** Whether the driver's connection can be got at. */
	private enum Shown {

		DRIVERS_CONNECTION, WRAPPER

	}

}
