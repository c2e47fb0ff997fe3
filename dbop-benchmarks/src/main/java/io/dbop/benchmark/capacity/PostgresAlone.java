package io.dbop.benchmark.capacity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;

/** One PostgreSQL, which allows 300 connections. */
final class PostgresAlone implements CapacityDatabase {

	private final RestartableServer server = RestartableServer.of(TestDatabase.POSTGRESQL);

	private final DatabaseInstance database;

	PostgresAlone() throws SQLException {
		this.server.start();
		this.database = this.server.freshDatabase();
		administer("CREATE ROLE " + USER + " LOGIN");
	}

	@Override
	public void allow(int connections) throws SQLException {
		administer("ALTER ROLE " + USER + " CONNECTION LIMIT " + connections);
	}

	private void administer(String sql) throws SQLException {
		try (Connection connection = this.database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public List<String> properties() {
		return List.of(Question.SQL + "=SELECT pg_sleep(0.1)", "dbop.databases.main.url=" + this.database.url(),
				"dbop.databases.main.username=" + USER);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
