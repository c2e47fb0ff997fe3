package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.OwnThreads;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Connections of one test to one database, between which failures are provoked.
 */
final class Connections implements AutoCloseable {

	private final DataSource dataSource;

	private final List<Connection> opened = new ArrayList<>();

	Connections(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	Connection open() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		this.opened.add(connection);
		return connection;
	}

	Connection begin() throws SQLException {
		Connection connection = open();
		connection.setAutoCommit(false);
		return connection;
	}

	/** Opens a connection as pools of dbop do, outside of any. */
	static Connection openNew(DatabaseInstance database, ConnectionTimeouts timeouts) throws SQLException {
		Dialect dialect = Objects.requireNonNull(new Dialects(List.of()).findByUrl(database.url()));
		Properties properties = new Properties();
		properties.putAll(dialect.connectionProperties(timeouts));
		properties.setProperty("user", database.username());
		properties.setProperty("password", database.password());
		Connection connection = DriverManager.getConnection(database.url(), properties);
		String sql = dialect.connectionInitSql(timeouts);
		if (sql != null) {
			run(connection, sql);
		}
		return connection;
	}

	static void run(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	static String ask(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet resultSet = statement.executeQuery(sql)) {
			resultSet.next();
			return resultSet.getString(1);
		}
	}

	/** Reads the result too: some failures arrive with the rows. */
	static SQLException failureOf(Connection connection, String sql) {
		return catchThrowableOfType(SQLException.class, () -> runAndRead(connection, sql));
	}

	static CompletableFuture<SQLException> failureLater(Connection connection, String sql) {
		return CompletableFuture.supplyAsync(() -> failureOf(connection, sql), OwnThreads.EACH);
	}

	private static void runAndRead(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (statement.execute(sql)) {
				ResultSet resultSet = statement.getResultSet();
				while (resultSet.next()) {
					resultSet.getObject(1);
				}
			}
		}
	}

	@Override
	public void close() {
		for (Connection connection : this.opened) {
			try {
				connection.close();
			}
			catch (SQLException ex) {
				// It is what the test wanted to break.
			}
		}
	}

}
