package io.dbop.dialect;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@EachDatabase(TestDatabase.POSTGRESQL)
class PostgresFailuresTests {

	private final Dialect dialect = new PostgresDialect();

	private final DatabaseInstance database;

	private final Connections connections;

	PostgresFailuresTests(DatabaseInstance database) {
		this.database = database;
		this.connections = new Connections(database.dataSource());
	}

	@BeforeEach
	void createTable() throws SQLException {
		run(this.connections.open(), "create table account (id int primary key, balance int not null)",
				"insert into account values (1, 100), (2, 100)");
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	@Test
	void whenRowIsLockedAndNobodyWantsToWaitThenItIsALockTimeout() throws SQLException {
		run(this.connections.begin(), "update account set balance = 1 where id = 1");
		assertMeaning(this.dialect,
				failureOf(this.connections.begin(), "select * from account where id = 1 for update nowait"),
				"LOCK_TIMEOUT/SAVEPOINT/NONE");
	}

	@Test
	void whenSnapshotIsOutdatedThenTheTransactionRunsAgain() throws SQLException {
		Connection connection = this.connections.begin();
		connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		ask(connection, "select balance from account where id = 1");
		run(this.connections.open(), "update account set balance = 1 where id = 1");
		assertMeaning(this.dialect, failureOf(connection, "update account set balance = 2 where id = 1"),
				"SERIALIZATION/TRANSACTION/NONE");
	}

	@Test
	void whenSerializationFailsAtCommitThenNothingIsInDoubt() throws SQLException {
		Connection one = this.connections.begin();
		Connection two = this.connections.begin();
		one.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		two.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		ask(one, "select sum(balance) from account");
		ask(two, "select sum(balance) from account");
		run(one, "update account set balance = 1 where id = 1");
		run(two, "update account set balance = 1 where id = 2");
		one.commit();
		assertMeaning(this.dialect, catchThrowableOfType(SQLException.class, two::commit),
				"SERIALIZATION/TRANSACTION/NONE");
	}

	@Test
	void whenTransactionIsAbortedThenTheFirstFailureIsTheCause() throws SQLException {
		Connection connection = this.connections.begin();
		SQLException first = failureOf(connection, "select 1 / 0");
		SQLException second = failureOf(connection, "select 1");
		assertMeaning(this.dialect, second, "TRANSACTION_ABORTED/NEVER/NONE");
		second.addSuppressed(first);
		assertThat(SqlExceptionChain.classify(second, this.dialect::classify))
			.isEqualTo(Classification.never(FailureKind.PERMANENT));
	}

	@Test
	@DisplayName("R11: a deadlock in a batch is found")
	void whenBatchFailsThenItsFirstFailureSpeaks() throws SQLException {
		Connection one = this.connections.begin();
		Connection two = this.connections.begin();
		run(one, "update account set balance = 1 where id = 1");
		run(two, "set deadlock_timeout = '10s'", "update account set balance = 2 where id = 2");
		CompletableFuture<SQLException> other = Connections.failureLater(two,
				"update account set balance = 2 where id = 1");
		try (Statement statement = one.createStatement()) {
			statement.addBatch("update account set balance = 3 where id = 1");
			statement.addBatch("update account set balance = 3 where id = 2");
			SQLException failure = catchThrowableOfType(SQLException.class, statement::executeBatch);
			assertThat((Throwable) failure).isInstanceOf(BatchUpdateException.class);
			assertThat(SqlExceptionChain.classify(new RuntimeException(failure), this.dialect::classify))
				.extracting(Classification::kind)
				.isEqualTo(FailureKind.DEADLOCK);
		}
		assertThat((Throwable) other.join()).isNull();
	}

	@Test
	void whenStatementIsCancelledThenSomeoneWantedIt() throws SQLException {
		Connection connection = this.connections.open();
		DatabaseInstance.Session session = this.database.sessionOf(connection);
		CompletableFuture<SQLException> failure = Connections.failureLater(connection, "select pg_sleep(30)");
		Connection administrator = this.connections.open();
		await().until(() -> ask(administrator,
				"select count(*) from pg_stat_activity where query like '%sleep(30)' and state = 'active' and pid = "
						+ session.id())
			.equals("1"));
		run(administrator, "select pg_cancel_backend(" + session.id() + ")");
		assertMeaning(this.dialect, failure.join(), "CANCELLED/NEVER/NONE");
	}

	@Test
	@DisplayName("V5: a plan that no longer fits is a changed schema")
	void whenTableChangesUnderAPreparedStatementThenTheTransactionRunsAgain() throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.url() + "&prepareThreshold=1",
				this.database.username(), this.database.password());
				PreparedStatement statement = connection.prepareStatement("select * from account")) {
			statement.executeQuery().close();
			connection.setAutoCommit(false);
			statement.executeQuery().close();
			run(this.connections.open(), "set lock_timeout = '5s'");
			connection.commit();
			run(this.connections.open(), "alter table account add column note text");
			ask(connection, "select 1");
			assertMeaning(this.dialect, catchThrowableOfType(SQLException.class, statement::executeQuery),
					"SCHEMA_CHANGED/TRANSACTION/NONE");
			connection.rollback();
			statement.executeQuery().close();
		}
	}

	@Test
	void whenTransactionReadsOnlyThenTheServerTakesNoWrites() throws SQLException {
		Connection connection = this.connections.begin();
		run(connection, "set transaction read only");
		assertMeaning(this.dialect, failureOf(connection, "update account set balance = 1"),
				"READ_ONLY_SERVER/CONNECTION/NONE");
	}

	@Test
	void whenRoleHasNoMoreConnectionsThenItIsOutOfThem() throws SQLException {
		String role = "full_" + ProcessHandle.current().pid();
		Connection administrator = this.connections.open();
		run(administrator, "create role " + role + " login password 'x' connection limit 0");
		try {
			assertMeaning(this.dialect,
					catchThrowableOfType(SQLException.class,
							() -> DriverManager.getConnection(this.database.url(), role, "x")),
					"OUT_OF_RESOURCES/CONNECTION/NONE");
		}
		finally {
			run(administrator, "drop role " + role);
		}
	}

	@ParameterizedTest
	@CsvSource({ "idle_in_transaction_session_timeout, CONNECTION_LOST/CONNECTION/NONE",
			"transaction_timeout, STATEMENT_TIMEOUT/CONNECTION/NONE" })
	void whenTransactionIdlesThenTheServerEndsItForCertain(String setting, String meaning) throws SQLException {
		Connection connection = this.connections.begin();
		DatabaseInstance.Session session = this.database.sessionOf(connection);
		connection.rollback();
		run(connection, "set " + setting + " = 50", "update account set balance = 1");
		Connection administrator = this.connections.open();
		await().until(() -> ask(administrator, "select count(*) from pg_stat_activity where pid = " + session.id())
			.equals("0"));
		assertMeaning(this.dialect, failureOf(connection, "select 1"), meaning);
	}

	@Test
	@DisplayName("R12: what a function raises is never tried again")
	void whenFunctionRaisesThenItIsPermanent() throws SQLException {
		assertMeaning(this.dialect,
				failureOf(this.connections.open(), "do $$ begin raise exception 'deadlock timeout'; end $$"),
				"PERMANENT/NEVER/NONE");
	}

}
