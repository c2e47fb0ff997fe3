package io.dbop.benchmark.capacity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;

/**
 * The PostgreSQL that all application servers use. It allows 300 connections, and dies
 * with this process.
 */
final class CapacityDatabase implements AutoCloseable {

	/** Not an administrator, for limits do not hold for those. */
	private static final String USER = "capacity";

	private final RestartableServer server = RestartableServer.of(TestDatabase.POSTGRESQL);

	private final DatabaseInstance database;

	CapacityDatabase() throws SQLException {
		this.server.start();
		this.database = this.server.freshDatabase();
		administer("CREATE ROLE " + USER + " LOGIN");
	}

	/**
	 * Limits the connections.
	 * @param connections how many there may be, or -1 for as many as the server has
	 * @throws SQLException if the limit cannot be set
	 */
	void allow(int connections) throws SQLException {
		administer("ALTER ROLE " + USER + " CONNECTION LIMIT " + connections);
	}

	private void administer(String sql) throws SQLException {
		try (Connection connection = this.database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** The properties of an application that uses it. */
	List<String> properties() {
		return List.of("dbop.databases.main.url=" + this.database.url(), "dbop.databases.main.username=" + USER);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
