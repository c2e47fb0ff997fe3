package io.dbop.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Limits of one statement on PostgreSQL. In the text of the statement they are set by a
 * query before it, which ends with the transaction, and put back by one after it where
 * the transaction goes on: all of it one message to the server. The values are
 * parameters, so that the text stays the same and is prepared once.
 */
final class PostgresLimits {

	private final Map<String, String> values;

	private PostgresLimits(Map<String, String> values) {
		this.values = values;
	}

	static PostgresLimits of(StatementLimits limits) {
		Map<String, String> values = new LinkedHashMap<>();
		if (limits.timeout() != null) {
			values.put("statement_timeout", Long.toString(StatementLimits.millis(limits.timeout())));
		}
		if (limits.lockTimeout() != null) {
			values.put("lock_timeout", Long.toString(StatementLimits.millis(limits.lockTimeout())));
		}
		return new PostgresLimits(values);
	}

	LimitedSql inText(String sql, boolean inTransaction) {
		List<String> before = new ArrayList<>();
		List<String> after = new ArrayList<>();
		for (String name : this.values.keySet()) {
			if (inTransaction) {
				before.add("set_config('dbop.%s', current_setting('%s'), true)".formatted(name, name));
				after.add("set_config('%s', current_setting('dbop.%s'), true)".formatted(name, name));
			}
			before.add("set_config('%s', ?, true)".formatted(name));
		}
		// The statement may end in a comment.
		String end = inTransaction ? "\n; SELECT " + String.join(", ", after) : "";
		return new LimitedSql("SELECT " + String.join(", ", before) + "; " + sql + end,
				List.copyOf(this.values.values()), 1);
	}

	/** Found and set in one query, whose columns are computed from left to right. */
	SessionLimits onSession(Connection connection) throws SQLException {
		boolean local = !connection.getAutoCommit();
		String sql = this.values.keySet()
			.stream()
			.map((name) -> "current_setting('%s'), set_config('%s', ?, %s)".formatted(name, name, local))
			.collect(Collectors.joining(", ", "SELECT ", ""));
		List<String> found = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, List.copyOf(this.values.values()));
			try (ResultSet result = statement.executeQuery()) {
				result.next();
				for (int i = 0; i < this.values.size(); i++) {
					found.add(result.getString(2 * i + 1));
				}
			}
		}
		return (failed) -> putBack(connection, found, local, failed);
	}

	private void putBack(Connection connection, List<String> found, boolean local, boolean failed) throws SQLException {
		String sql = this.values.keySet()
			.stream()
			.map((name) -> "set_config('%s', ?, %s)".formatted(name, local))
			.collect(Collectors.joining(", ", "SELECT ", ""));
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			bind(statement, found);
			statement.execute();
		}
		catch (SQLException ex) {
			// A transaction that has failed takes what was set in it along.
			if (!(local && failed)) {
				throw ex;
			}
		}
	}

	private static void bind(PreparedStatement statement, List<String> values) throws SQLException {
		for (int i = 0; i < values.size(); i++) {
			statement.setString(i + 1, values.get(i));
		}
	}

}
