package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureLater;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Either server behind either driver.
 */
@Timeout(60)
@OnOneNode(OnOneNode.RECONNECTS)
@EachDatabase({ TestDatabase.MARIADB, TestDatabase.MYSQL })
class InnoDbFailuresTests {

	private final DatabaseInstance database;

	private Connections connections = new Connections(new DriverManagerDataSource());

	private Dialect dialect = Dialects.generic();

	InnoDbFailuresTests(DatabaseInstance database) {
		this.database = database;
	}

	enum Driver {

		MYSQL("jdbc:mysql:", "DISABLED"), MARIADB("jdbc:mariadb:", "disable");

		private final String prefix;

		private final String withoutSsl;

		Driver(String prefix, String withoutSsl) {
			this.prefix = prefix;
			this.withoutSsl = withoutSsl;
		}

		String url(DatabaseInstance database) {
			return database.url()
				.replaceFirst("jdbc:[a-z]+:", this.prefix)
				.replaceFirst("sslMode=[A-Za-z]+", "sslMode=" + this.withoutSsl);
		}

	}

	private void connectWith(Driver driver) throws SQLException {
		this.connections = new Connections(new DriverManagerDataSource(driver.url(this.database),
				this.database.username(), this.database.password()));
		Connection connection = this.connections.open();
		run(connection, "create table account (id int primary key, balance int not null)",
				"insert into account values (1, 100), (2, 100)");
		this.dialect = new Dialects(List.of()).get(connection.getMetaData());
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenEitherDriverConnectsThenTheServerTellsItself(Driver driver) throws SQLException {
		connectWith(driver);
		assertThat(this.dialect.name()).isEqualToIgnoringCase(this.database.database().name());
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T3: a deadlock undoes the savepoints too, and to miss one is only its consequence")
	void whenDeadlockThenNothingOfTheTransactionIsLeft(Driver driver) throws Exception {
		connectWith(driver);
		Connection victim = this.connections.begin();
		Connection heavy = this.connections.begin();
		run(heavy, "insert into account values (21, 0), (22, 0), (23, 0), (24, 0)",
				"update account set balance = 2 where id = 2");
		run(victim, "insert into account values (11, 0)", "update account set balance = 1 where id = 1");
		Savepoint savepoint = victim.setSavepoint();
		CompletableFuture<SQLException> other = failureLater(heavy, "update account set balance = 2 where id = 1");
		SQLException failure = failureOf(victim, "update account set balance = 1 where id = 2");
		assertThat((Throwable) other.join()).isNull();
		assertMeaning(this.dialect, failure, "DEADLOCK/TRANSACTION/NONE");
		SQLException lost = catchThrowableOfType(SQLException.class, () -> victim.rollback(savepoint));
		assertMeaning(this.dialect, lost, "TRANSACTION_ABORTED/NEVER/NONE");
		lost.addSuppressed(failure);
		assertThat(SqlExceptionChain.classify(lost, this.dialect::classify))
			.isEqualTo(Classification.retryable(FailureKind.DEADLOCK, Redo.TRANSACTION));
		assertThat(ask(victim, "select count(*) from account where id = 11")).isEqualTo("0");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T4: a lock timeout undoes the statement only, whatever SQLSTATE the driver shows")
	void whenLockTimesOutThenTheSavepointSurvives(Driver driver) throws SQLException {
		connectWith(driver);
		run(this.connections.begin(), "update account set balance = 1 where id = 1");
		Connection waiter = this.connections.begin();
		run(waiter, "set session innodb_lock_wait_timeout = 1", "insert into account values (11, 0)");
		Savepoint savepoint = waiter.setSavepoint();
		assertMeaning(this.dialect, failureOf(waiter, "update account set balance = 2 where id = 1"),
				"LOCK_TIMEOUT/SAVEPOINT/NONE");
		waiter.rollback(savepoint);
		waiter.commit();
		assertThat(ask(waiter, "select count(*) from account where id = 11")).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	void whenRowIsLockedAndNobodyWantsToWaitThenItIsALockTimeout(Driver driver) throws SQLException {
		connectWith(driver);
		run(this.connections.begin(), "update account set balance = 1 where id = 1");
		assertMeaning(this.dialect,
				failureOf(this.connections.begin(), "select * from account where id = 1 for update nowait"),
				"LOCK_TIMEOUT/SAVEPOINT/NONE");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("R12: SIGNAL '45000' is a business rule, though MariaDB's driver calls it transient")
	void whenTriggerSignalsThenItIsPermanent(Driver driver) throws SQLException {
		connectWith(driver);
		Connection connection = this.connections.open();
		run(connection, "create procedure refuse() signal sqlstate '45000' set message_text = 'deadlock, timeout'");
		SQLException failure = failureOf(connection, "call refuse()");
		assertMeaning(this.dialect, failure, "PERMANENT/NEVER/NONE");
		assertThat(failure instanceof SQLTransientConnectionException).isEqualTo(driver == Driver.MARIADB);
	}

	@ParameterizedTest
	@EnumSource
	void whenQueryIsKilledThenSomeoneWantedIt(Driver driver) throws SQLException {
		connectWith(driver);
		Connection connection = this.connections.open();
		long session = Long.parseLong(ask(connection, "select connection_id()"));
		Connection administrator = this.connections.open();
		CompletableFuture<SQLException> failure = failureLater(connection,
				"select a.id from account a where benchmark(2000000000, sha2(a.id, 256))");
		await().until(() -> ask(administrator,
				"select count(*) from information_schema.processlist where info like '%benchmark%' and id = " + session)
			.equals("1"));
		run(administrator, "kill query " + session);
		assertMeaning(this.dialect, failure.join(), "CANCELLED/NEVER/NONE");
		assertThat(ask(connection, "select 1")).isEqualTo("1");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T7: a connection that was killed is of no more use, with either driver")
	void whenKilledThenTheConnectionIsLost(Driver driver) throws SQLException {
		connectWith(driver);
		Connection connection = this.connections.begin();
		this.database.kill(this.database.sessionOf(connection));
		assertMeaning(this.dialect, failureOf(connection, "update account set balance = 1"),
				"CONNECTION_LOST/CONNECTION/AT_COMMIT");
	}

	@ParameterizedTest
	@EnumSource
	void whenNobodyListensThenItIsAFailureToConnect(Driver driver) throws SQLException {
		connectWith(driver);
		String url = driver.url(this.database).replaceFirst("//[^/]+/", "//127.0.0.1:1/");
		assertMeaning(this.dialect,
				catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url, "root", "")),
				"CONNECT/CONNECTION/AT_COMMIT");
	}

	@ParameterizedTest
	@EnumSource
	void whenUserHasNoMoreConnectionsThenItIsOutOfThem(Driver driver) throws SQLException {
		connectWith(driver);
		String user = "full_" + ProcessHandle.current().pid() + "_" + driver.ordinal();
		Connection administrator = this.connections.open();
		run(administrator, "create user " + user + "@'%' identified by 'x' with max_user_connections 1",
				"grant all on *.* to " + user + "@'%'");
		try (Connection only = DriverManager.getConnection(driver.url(this.database), user, "x")) {
			assertThat(ask(only, "select 1")).isEqualTo("1");
			assertMeaning(this.dialect,
					catchThrowableOfType(SQLException.class,
							() -> DriverManager.getConnection(driver.url(this.database), user, "x")),
					"OUT_OF_RESOURCES/CONNECTION/AT_COMMIT");
		}
		finally {
			run(administrator, "drop user " + user + "@'%'");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenSettingsAreForEitherServerThenItTakesItsOwn(Driver driver) throws SQLException {
		connectWith(driver);
		Connection connection = this.connections.open();
		String sql = this.dialect
			.connectionInitSql(new ConnectionTimeouts(Duration.ofSeconds(1), Duration.ofMillis(1500)));
		run(connection, String.valueOf(sql));
		boolean mySql = this.database.database() == TestDatabase.MYSQL;
		String limit = ask(connection, mySql ? "select @@max_execution_time" : "select @@max_statement_time");
		assertThat(Double.parseDouble(limit)).isEqualTo(mySql ? 2000 : 1.5);
	}

	@ParameterizedTest
	@EnumSource
	void whenSnapshotIsOutdatedThenMariaDbRefusesIfTold(Driver driver) throws SQLException {
		connectWith(driver);
		boolean refuses = this.database.database() == TestDatabase.MARIADB;
		Connection connection = this.connections.open();
		if (refuses) {
			run(connection, "set session innodb_snapshot_isolation = on");
		}
		connection.setAutoCommit(false);
		ask(connection, "select balance from account where id = 1");
		run(this.connections.open(), "update account set balance = 1 where id = 1");
		SQLException failure = failureOf(connection, "update account set balance = 2 where id = 1");
		if (refuses) {
			assertMeaning(this.dialect, failure, "SERIALIZATION/TRANSACTION/NONE");
		}
		else {
			assertThat((Throwable) failure).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenTableChangesUnderASnapshotThenTheTransactionRunsAgain(Driver driver) throws SQLException {
		connectWith(driver);
		Connection changer = this.connections.open();
		run(changer, "create table later (id int)");
		Connection connection = this.connections.begin();
		ask(connection, "select balance from account where id = 1");
		run(changer, "alter table later add column note int, algorithm = copy");
		assertMeaning(this.dialect, failureOf(connection, "select * from later"), "SCHEMA_CHANGED/TRANSACTION/NONE");
	}

}
