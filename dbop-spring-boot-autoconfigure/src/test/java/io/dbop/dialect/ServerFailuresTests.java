package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureLater;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static io.dbop.dialect.ErrorCodes.meaningOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What happens between a client and a server.
 */
@Timeout(60)
@OnOneNode(OnOneNode.RECONNECTS)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class ServerFailuresTests {

	private final DatabaseInstance database;

	private final Connections connections;

	private Dialect dialect = Dialects.generic();

	ServerFailuresTests(DatabaseInstance database) {
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
	void whenKilledWhileRunningThenTheConnectionIsLost() throws SQLException {
		Connection connection = this.connections.open();
		DatabaseInstance.Session session = this.database.sessionOf(connection);
		CompletableFuture<SQLException> failure = failureLater(connection,
				this.database.sleepSql(Duration.ofSeconds(30)));
		await().until(() -> isRunning(session));
		this.database.kill(session);
		assertThat(meaningOf(this.dialect, failure.join()))
			.isEqualTo(Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION));
	}

	private boolean isRunning(DatabaseInstance.Session session) throws SQLException {
		String running = (this.database.database() == TestDatabase.POSTGRESQL)
				? "select count(*) from pg_stat_activity where state = 'active' and pid = " + session.id()
				: "select count(*) from information_schema.processlist where state = 'User sleep' and db = database()";
		return ask(this.connections.open(), running).equals("1");
	}

	@Test
	void whenNobodyListensThenItIsAFailureToConnect() {
		String url = this.database.url().replaceFirst("//[^/]+/", "//127.0.0.1:1/");
		SQLException failure = catchThrowableOfType(SQLException.class,
				() -> DriverManager.getConnection(url, this.database.username(), this.database.password()));
		assertMeaning(this.dialect, failure, (this.database.database() == TestDatabase.POSTGRESQL)
				? "CONNECT/CONNECTION/NONE" : "CONNECT/CONNECTION/AT_COMMIT");
	}

	@Test
	void whenHostIsUnknownThenItIsAFailureToConnect() {
		String url = this.database.url().replaceFirst("//[^/]+/", "//nowhere.invalid:1/");
		SQLException failure = catchThrowableOfType(SQLException.class,
				() -> DriverManager.getConnection(url, this.database.username(), this.database.password()));
		assertMeaning(this.dialect, failure, (this.database.database() == TestDatabase.POSTGRESQL)
				? "CONNECT/CONNECTION/NONE" : "CONNECT/CONNECTION/AT_COMMIT");
	}

}
