package io.dbop.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A setting of a session that is changed for a while. */
final class SessionSetting {

	private SessionSetting() {
	}

	/**
	 * Sets it.
	 * @param found a query for the value that is there
	 * @param set the statement that sets a value, which takes the place of {@code %s}
	 */
	static SessionLimits change(Connection connection, String found, String set, Object value) throws SQLException {
		String before = query(connection, found);
		execute(connection, set, value);
		return (failed) -> execute(connection, set, before);
	}

	/**
	 * Keeps the value that is there.
	 * @param found a query for it
	 * @param set a query that sets its parameter
	 * @return puts it back
	 */
	static SessionLimits keep(Connection connection, String found, String set) throws SQLException {
		String before = query(connection, found);
		return (failed) -> {
			try (PreparedStatement statement = connection.prepareStatement(set)) {
				statement.setString(1, before);
				statement.execute();
			}
		};
	}

	private static String query(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
	}

	private static void execute(Connection connection, String sql, Object value) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql.formatted(value));
		}
	}

}
