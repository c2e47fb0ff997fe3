package io.dbop.benchmark.lever;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;

import io.dbop.test.DatabaseInstance;

/** Connections without a pool, each kept by whoever measures with it. */
final class Sessions implements AutoCloseable {

	private final DatabaseInstance database;

	private final Deque<Connection> open = new ArrayDeque<>();

	Sessions(DatabaseInstance database) {
		this.database = database;
	}

	/** One that commits each statement. */
	Connection committing() throws SQLException {
		return open("reWriteBatchedInserts", "false");
	}

	/** One that has its transactions committed. */
	Connection transactional() throws SQLException {
		Connection connection = committing();
		connection.setAutoCommit(false);
		return connection;
	}

	/** One with a property of the driver. */
	Connection open(String property, String value) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", this.database.username());
		properties.setProperty("password", this.database.password());
		properties.setProperty(property, value);
		Connection connection = DriverManager.getConnection(this.database.url(), properties);
		this.open.push(connection);
		return connection;
	}

	void execute(String... statements) throws SQLException {
		try (Statement statement = committing().createStatement()) {
			for (String each : statements) {
				statement.execute(each);
			}
		}
	}

	@Override
	public void close() throws SQLException {
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
	}

}
