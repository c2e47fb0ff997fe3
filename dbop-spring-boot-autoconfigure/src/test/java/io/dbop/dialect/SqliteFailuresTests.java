package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@EachDatabase(TestDatabase.SQLITE)
class SqliteFailuresTests {

	private final SqliteDialect dialect = new SqliteDialect();

	private final DatabaseInstance database;

	private final Connections connections;

	SqliteFailuresTests(DatabaseInstance database) {
		this.database = database;
		DriverManagerDataSource dataSource = new DriverManagerDataSource(database.url());
		Properties properties = new Properties();
		properties
			.putAll(this.dialect.connectionProperties(new ConnectionTimeouts(Duration.ZERO, Duration.ofMillis(50))));
		dataSource.setConnectionProperties(properties);
		this.connections = new Connections(dataSource);
	}

	@BeforeEach
	void createTable() throws SQLException {
		run(this.connections.open(), "create table account (id integer primary key, balance int not null)",
				"insert into account values (1, 100), (2, 100)");
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	@Test
	@DisplayName("T5: a transaction that has read what was changed since cannot write any more")
	void whenSnapshotIsOutdatedThenTheTransactionRunsAgain() throws SQLException {
		Connection connection = this.connections.begin();
		ask(connection, "select balance from account where id = 1");
		Connection other = this.connections.open();
		run(other, "update account set balance = 1 where id = 1");
		String update = "update account set balance = 2 where id = 1";
		assertMeaning(this.dialect, failureOf(connection, update), "SERIALIZATION/TRANSACTION/NONE");
		assertMeaning(this.dialect, failureOf(connection, update), "SERIALIZATION/TRANSACTION/NONE");
		connection.rollback();
		run(connection, update);
		connection.commit();
		assertThat(ask(other, "select balance from account where id = 1")).isEqualTo("2");
	}

	@Test
	void whenCommitIsBusyThenNothingIsCommittedAndItMayBeRepeated() throws SQLException {
		String url = this.database.url().replace("test.db", "journal.db");
		try (Connection writer = DriverManager.getConnection(url);
				Connection reader = DriverManager.getConnection(url);
				Statement query = reader.createStatement()) {
			run(writer, "pragma busy_timeout = 50", "create table account (id int)", "insert into account values (1)");
			reader.setAutoCommit(false);
			ResultSet open = query.executeQuery("select * from account");
			open.next();
			writer.setAutoCommit(false);
			run(writer, "insert into account values (2)");
			assertMeaning(this.dialect, catchThrowableOfType(SQLException.class, writer::commit),
					"LOCK_TIMEOUT/SAVEPOINT/NONE");
			open.close();
			reader.rollback();
			writer.commit();
			assertThat(ask(reader, "select count(*) from account")).isEqualTo("2");
		}
	}

	@Test
	void whenInterruptedThenItIsATimeout() throws SQLException {
		Connection connection = this.connections.open();
		try (Statement statement = connection.createStatement()) {
			CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(
					() -> catchThrowableOfType(SQLException.class, () -> statement.executeQuery(
							"with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n")),
					OwnThreads.EACH);
			await().until(() -> {
				statement.cancel();
				return failure.isDone();
			});
			assertMeaning(this.dialect, failure.join(), "STATEMENT_TIMEOUT/NEVER/NONE");
		}
		assertThat(ask(connection, "select 1")).isEqualTo("1");
	}

	@Test
	void whenCacheIsSharedThenATableMayBeLocked() throws SQLException {
		String url = "jdbc:sqlite:file:" + System.nanoTime() + "?mode=memory&cache=shared";
		try (Connection writer = DriverManager.getConnection(url);
				Connection reader = DriverManager.getConnection(url)) {
			run(writer, "create table account (id int)");
			writer.setAutoCommit(false);
			run(writer, "insert into account values (1)");
			assertMeaning(this.dialect, failureOf(reader, "select * from account"), "LOCK_TIMEOUT/TRANSACTION/NONE");
		}
	}

	@Test
	void whenNoTransactionIsLeftThenSomethingElseIsTheCause() throws SQLException {
		Connection connection = this.connections.begin();
		run(connection, "rollback");
		assertMeaning(this.dialect, catchThrowableOfType(SQLException.class, connection::rollback),
				"TRANSACTION_ABORTED/NEVER/NONE");
	}

	@Test
	void whenDirectoryIsMissingThenItCannotBeOpened() {
		assertMeaning(this.dialect,
				catchThrowableOfType(SQLException.class,
						() -> DriverManager.getConnection("jdbc:sqlite:/no/such/directory/a.db")),
				"CONNECT/NEVER/NONE");
	}

}
