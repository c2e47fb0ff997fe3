package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
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
import static io.dbop.dialect.ErrorCodes.meaningOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What databases do that have several writers.
 */
@Timeout(60)
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase(except = TestDatabase.SQLITE, also = TestDatabase.HSQLDB)
class ConcurrentFailuresTests {

	private final DatabaseInstance database;

	private final Connections connections;

	private Dialect dialect = Dialects.generic();

	ConcurrentFailuresTests(DatabaseInstance database) {
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
	@DisplayName("T2: a real deadlock is one, and what has to be done again is what the server has undone")
	void whenDeadlockThenItIsKnownWhatSurvives() throws Exception {
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
		Classification meaning = meaningOf(this.dialect, oneDied ? failureOne.join() : failureTwo.join());
		assertThat(meaning).isEqualTo(Classification.retryable(
				(this.database.database() == TestDatabase.HSQLDB) ? FailureKind.SERIALIZATION : FailureKind.DEADLOCK,
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
	@DisplayName("T7: a connection that was killed is of no more use")
	void whenKilledThenTheConnectionIsLost() throws SQLException {
		Connection connection = this.connections.begin();
		run(connection, "update account set balance = 1 where id = 1");
		this.database.kill(this.database.sessionOf(connection));
		Classification first = meaningOf(this.dialect,
				failureOf(connection, "update account set balance = 1 where id = 2"));
		assertThat(first).isEqualTo(Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION));
		Classification next = meaningOf(this.dialect, failureOf(connection, "select 1 from account"));
		assertThat(next.redo()).isEqualTo(Redo.CONNECTION);
	}

}
