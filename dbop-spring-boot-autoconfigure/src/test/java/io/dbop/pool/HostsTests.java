package io.dbop.pool;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

import io.dbop.dialect.Dialect;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Pools with several hosts, on servers whose drivers are content with the first that
 * answers.
 */
@Tag("fault")
@EachRestartableServer({ TestDatabase.MARIADB, TestDatabase.MYSQL })
class HostsTests {

	private final RestartableServer server;

	private final RestartableServer second;

	private final DatabaseInstance one;

	private final DatabaseInstance other;

	HostsTests(RestartableServer server) throws SQLException {
		this.server = server;
		this.one = server.freshDatabase();
		this.second = RestartableServer.of(this.one.database());
		this.second.start();
		this.other = this.second.freshDatabase();
	}

	@AfterEach
	void close() {
		this.second.close();
	}

	@Test
	void whenTheFirstHostTakesNoWritesThenConnectionsLeadToTheNext() throws SQLException {
		readOnly(this.one, true);
		try (ConnectionPool pool = open()) {
			assertThat(port(pool)).isEqualTo(port(this.other));
		}
	}

	@Test
	void whenTheHostsChangeRolesThenNewConnectionsLeadToTheOtherOne() throws SQLException {
		readOnly(this.other, true);
		try (ConnectionPool pool = open()) {
			assertThat(port(pool)).isEqualTo(port(this.one));
			readOnly(this.one, true);
			readOnly(this.other, false);
			pool.evict();
			assertThat(port(pool)).isEqualTo(port(this.other));
			readOnly(this.other, true);
			readOnly(this.one, false);
			pool.evict();
			assertThat(port(pool)).isEqualTo(port(this.one));
		}
	}

	@Test
	void whenTheFirstHostIsGoneThenConnectionsLeadToTheNext() throws SQLException {
		this.server.kill();
		try (ConnectionPool pool = open()) {
			assertThat(port(pool)).isEqualTo(port(this.other));
		}
	}

	@Test
	void whenNoHostTakesWritesThenCallersAreToldAndThePoolWaitsForOne() throws SQLException {
		try (ConnectionPool pool = open()) {
			readOnly(this.one, true);
			readOnly(this.other, true);
			pool.evict();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> port(pool))
				.withStackTraceContaining("No host that answers takes writes");
			readOnly(this.other, false);
			await().atMost(Duration.ofSeconds(1)).until(() -> pool.status().idle() > 0);
			assertThat(port(pool)).isEqualTo(port(this.other));
		}
	}

	private ConnectionPool open() {
		Dialect dialect = PoolFixture.dialect(this.one);
		DatabaseConfigBuilder config = DatabaseConfig.builder("main")
			.type(dialect.name())
			.hosts(Stream.of(this.one, this.other).map((each) -> "127.0.0.1:" + port(each)).toList())
			.database("mysql")
			.connectionAcquisitionTimeout(Duration.ofMillis(500))
			.poolMin(1)
			.poolMax(1);
		return ConnectionPoolFactory.open(config.build(), dialect,
				CredentialsSource.of(this.one.username(), this.one.password()));
	}

	private static void readOnly(DatabaseInstance database, boolean readOnly) throws SQLException {
		try (Connection connection = database.dataSource().getConnection()) {
			PoolFixture.execute(connection, "set global read_only = " + readOnly);
		}
	}

	private static int port(DatabaseInstance database) {
		return URI.create(database.url().substring("jdbc:".length())).getPort();
	}

	private static int port(ConnectionPool pool) throws SQLException {
		try (Connection connection = pool.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select @@port")) {
			row.next();
			return row.getInt(1);
		}
	}

}
