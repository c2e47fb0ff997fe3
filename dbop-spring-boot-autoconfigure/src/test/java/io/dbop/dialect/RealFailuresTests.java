package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

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
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What every database does and its driver shows.
 */
@Timeout(60)
@OnOneNode(OnOneNode.RECONNECTS)
@EachDatabase(also = TestDatabase.HSQLDB)
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
	void whenRowIsLockedForTooLongThenTheSavepointSurvives() throws SQLException {
		assumeThat(this.database.database()).as("has no limit to waits for locks").isNotEqualTo(TestDatabase.HSQLDB);
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

}
