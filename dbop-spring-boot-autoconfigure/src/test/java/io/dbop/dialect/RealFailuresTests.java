package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
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
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureLater;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * What every database does and its driver shows.
 */
@Timeout(60)
@EachDatabase
class RealFailuresTests {

	private final DatabaseInstance database;

	private final Connections connections;

	private Dialect dialect = Dialects.generic();

	RealFailuresTests(DatabaseInstance database) {
		this.database = database;
		this.connections = new Connections(database.dataSource());
	}

	@BeforeEach
	void createTable() throws SQLException {
		Connection connection = this.connections.open();
		run(connection, "create table account (id int primary key, balance int not null)",
				"insert into account values (1, 100), (2, 100)");
		this.dialect = new Dialects(List.of()).get(connection.getMetaData());
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	@Test
	void whenDatabaseIsLiveThenItsDialectIsFound() {
		assertThat(this.dialect.name()).isEqualToIgnoringCase(this.database.database().name());
		assertThat(new Dialects(List.of()).findByUrl(this.database.url())).hasSameClassAs(this.dialect);
		assertThat(this.dialect.driverClassName()).isEqualTo(this.database.driverClassName());
	}

	@Test
	@DisplayName("T2: a real deadlock is one, and what has to be done again is what the server has undone")
	void whenDeadlockThenItIsKnownWhatSurvives() throws Exception {
		assumeThat(this.dialect.singleWriter()).isFalse();
		Connection one = this.connections.begin();
		Connection two = this.connections.begin();
		run(one, "insert into account values (11, 0)", "update account set balance = 1 where id = 1");
		run(two, "insert into account values (12, 0)", "update account set balance = 2 where id = 2");
		Savepoint savepointOne = one.setSavepoint();
		Savepoint savepointTwo = two.setSavepoint();
		CompletableFuture<SQLException> failureOne = failureLater(one, "update account set balance = 1 where id = 2");
		CompletableFuture<SQLException> failureTwo = failureLater(two, "update account set balance = 2 where id = 1");
		// The other one may go on waiting for locks that the victim took before its
		// savepoint.
		await().until(() -> hasFailed(failureOne) || hasFailed(failureTwo));
		boolean oneDied = hasFailed(failureOne);
		Connection victim = oneDied ? one : two;
		Classification meaning = classify(oneDied ? failureOne.join() : failureTwo.join());
		assertThat(meaning).isEqualTo(Classification.retryable(FailureKind.DEADLOCK,
				(this.database.database() == TestDatabase.POSTGRESQL) ? Redo.SAVEPOINT : Redo.TRANSACTION));
		if (!meaning.redo().undoesTransaction()) {
			victim.rollback(oneDied ? savepointOne : savepointTwo);
			assertThat(ask(victim, "select count(*) from account where id in (11, 12)")).isEqualTo("1");
		}
		victim.rollback();
		assertThat((Throwable) (oneDied ? failureTwo : failureOne).join()).isNull();
	}

	private static boolean hasFailed(CompletableFuture<SQLException> failure) {
		return failure.getNow(null) != null;
	}

	@Test
	void whenRowIsLockedForTooLongThenTheSavepointSurvives() throws SQLException {
		Connection holder = this.connections.begin();
		Connection waiter = this.connections.begin();
		waitBriefly(waiter);
		if (!this.dialect.singleWriter()) {
			run(waiter, "insert into account values (11, 0)");
		}
		Savepoint savepoint = waiter.setSavepoint();
		run(holder, "update account set balance = 1 where id = 1");
		SQLException failure = failureOf(waiter, "update account set balance = 2 where id = 1");
		assertMeaning(this.dialect, failure, "LOCK_TIMEOUT/SAVEPOINT/NONE");
		waiter.rollback(savepoint);
		holder.rollback();
		run(waiter, "update account set balance = 2 where id = 1");
		waiter.commit();
		assertThat(ask(waiter, "select balance from account where id = 1")).isEqualTo("2");
		assertThat(ask(waiter, "select count(*) from account")).isEqualTo(this.dialect.singleWriter() ? "2" : "3");
	}

	private void waitBriefly(Connection connection) throws SQLException {
		switch (this.database.database()) {
			case SQLITE -> run(connection, "pragma busy_timeout = 50");
			case H2 -> run(connection, "set lock_timeout 50");
			case POSTGRESQL -> run(connection, "set lock_timeout = 50");
			case MARIADB, MYSQL -> run(connection, "set session innodb_lock_wait_timeout = 1");
		}
	}

	@Test
	@DisplayName("R12: a duplicate key is never tried again")
	void whenKeyIsThereThenItIsAConstraint() throws SQLException {
		Connection connection = this.connections.open();
		assertMeaning(this.dialect, failureOf(connection, "insert into account values (1, 1)"),
				"CONSTRAINT/NEVER/NONE");
		assertMeaning(this.dialect, failureOf(connection, "insert into account values (3, null)"),
				"CONSTRAINT/NEVER/NONE");
	}

	@Test
	@DisplayName("R12: bad SQL is never tried again")
	void whenSqlIsBadThenItIsPermanent() throws SQLException {
		Connection connection = this.connections.open();
		assertMeaning(this.dialect, failureOf(connection, "selekt 1"), "PERMANENT/NEVER/NONE");
		assertMeaning(this.dialect, failureOf(connection, "select * from nowhere"), "PERMANENT/NEVER/NONE");
	}

	@Test
	@DisplayName("T7: a connection that was killed is of no more use")
	void whenKilledThenTheConnectionIsLost() throws SQLException {
		assumeThat(this.dialect.singleWriter()).isFalse();
		Connection connection = this.connections.begin();
		run(connection, "update account set balance = 1 where id = 1");
		this.database.kill(this.database.sessionOf(connection));
		Classification first = classify(failureOf(connection, "update account set balance = 1 where id = 2"));
		assertThat(first).isEqualTo(Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION));
		Classification next = classify(failureOf(connection, "select 1 from account"));
		assertThat(next.redo()).isEqualTo(Redo.CONNECTION);
	}

	@Test
	void whenKilledWhileRunningThenTheConnectionIsLost() throws SQLException {
		assumeThat(this.dialect.singleWriter()).isFalse();
		assumeThat(this.database.database()).isNotEqualTo(TestDatabase.H2);
		Connection connection = this.connections.open();
		DatabaseInstance.Session session = this.database.sessionOf(connection);
		CompletableFuture<SQLException> failure = failureLater(connection,
				this.database.sleepSql(Duration.ofSeconds(30)));
		await().until(() -> isRunning(session));
		this.database.kill(session);
		assertThat(classify(failure.join()))
			.isEqualTo(Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION));
	}

	private boolean isRunning(DatabaseInstance.Session session) throws SQLException {
		String running = (this.database.database() == TestDatabase.POSTGRESQL)
				? "select count(*) from pg_stat_activity where state = 'active' and pid = "
				: "select count(*) from information_schema.processlist where state = 'User sleep' and id = ";
		return ask(this.connections.open(), running + session.id()).equals("1");
	}

	@Test
	void whenConnectionIsClosedThenSomethingElseIsTheCause() throws SQLException {
		Connection connection = this.connections.open();
		connection.close();
		assertMeaning(this.dialect, failureOf(connection, "select 1 from account"),
				"CONNECTION_CLOSED/CONNECTION/AT_COMMIT");
	}

	@Test
	void whenTransactionIsReadByOthersThenTheyAreNotDisturbed() throws SQLException {
		Connection writer = this.connections.begin();
		run(writer, "update account set balance = 1 where id = 1");
		assertThat(ask(this.connections.begin(), "select balance from account where id = 1")).isEqualTo("100");
	}

	private Classification classify(SQLException failure) {
		Classification classification = SqlExceptionChain.classify(failure, this.dialect::classify);
		assertThat(classification).as(() -> describe(failure)).isNotNull();
		return classification;
	}

	private static String describe(SQLException failure) {
		return failure + " " + failure.getSQLState() + " " + failure.getErrorCode();
	}

}
