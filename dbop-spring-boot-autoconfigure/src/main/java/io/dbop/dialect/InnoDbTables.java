package io.dbop.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Tables of MySQL and MariaDB. */
abstract class InnoDbTables implements TableSql {

	private static final int MAX_PARAMETERS = 65_535;

	private static final int OUT_OF_RANGE = 1690;

	private static final int TOO_LARGE = 1264;

	/** Before the point, of a column for decimals. */
	private static final int DECIMAL_DIGITS = 35;

	/** The least that such a column tells apart. */
	private static final String LAST_DECIMAL = "0." + "0".repeat(29) + "1";

	private static final int LOCK_WAIT_TIMEOUT = 1205;

	private static final Duration TURN = Duration.ofSeconds(1);

	private static final long AT_WORK_NANOS = Duration.ofSeconds(3).toNanos();

	private static final Set<Integer> UNKNOWN = Set.of(1054, 1146, 1091, 1176);

	private static final Set<Integer> EXISTS = Set.of(1050, 1060, 1062);

	/**
	 * By one collation for both sides: those of a name and of a parameter differ, and do
	 * not know the same letters. MySQL cuts off what becomes longer by other ones. What
	 * is said to be the key of a column may be another unique index.
	 */
	@Override
	public String catalogue(int tables) {
		return """
				SELECT c.table_name, c.column_name,
				CONCAT(IF(COALESCE(c.generation_expression, '') <> '', 'generated ', ''), c.column_type),
				k.column_name IS NOT NULL, 0
				FROM information_schema.columns c LEFT JOIN information_schema.statistics k
				ON k.table_schema = DATABASE() AND k.table_name = c.table_name AND k.column_name = c.column_name
				AND k.index_name = 'PRIMARY' WHERE c.table_schema = DATABASE() AND %s IN (%s)
				ORDER BY c.table_name, c.ordinal_position""".formatted(lower("c.table_name"),
				String.join(", ", Collections.nCopies(tables, lower("?"))));
	}

	private static String lower(String name) {
		return "LOWER(CONVERT(%s USING utf8mb4) COLLATE utf8mb4_bin)".formatted(name);
	}

	@Override
	public boolean changesTablesInTransactions() {
		return false;
	}

	/**
	 * What keeps a change waiting is any transaction that has only looked at the table.
	 */
	@Override
	public SessionLimits lock(Connection connection, String entity, Duration wait) throws SQLException {
		SessionLimits lock = TableLease.isNeeded(connection) ? TableLease.take(connection, entity, wait)
				: lockOnServer(connection, entity, wait);
		return SessionLimits.with(lock, () -> waitForTables(connection, wait));
	}

	private static SessionLimits waitForTables(Connection connection, Duration wait) throws SQLException {
		return SessionSetting.change(connection, "SELECT @@SESSION.lock_wait_timeout",
				"SET SESSION lock_wait_timeout = %s", StatementLimits.seconds(wait));
	}

	/**
	 * Who comes after the change waits behind it, perhaps with a row that one wants who
	 * came before. The server does not see that nobody can go on, since it looks for
	 * deadlocks among tables and among rows only, so that the change steps aside again
	 * and again. Not one that was at work already, and waits once more before its end:
	 * all it has done would have to be done anew.
	 */
	@Override
	public void change(Statement statement, String sql, Duration wait) throws SQLException {
		SessionLimits brief = waitForTables(statement.getConnection(), TURN);
		boolean changed;
		try {
			changed = changesInTurns(statement, sql, wait);
		}
		catch (SQLException | RuntimeException ex) {
			brief.takeBackAfter(ex);
			throw ex;
		}
		brief.takeBack(!changed);
		if (!changed) {
			statement.execute(sql);
		}
	}

	private static boolean changesInTurns(Statement statement, String sql, Duration wait) throws SQLException {
		long end = System.nanoTime() + wait.toNanos();
		while (true) {
			long begun = System.nanoTime();
			try {
				statement.execute(sql);
				return true;
			}
			catch (SQLException ex) {
				if (ex.getErrorCode() != LOCK_WAIT_TIMEOUT) {
					throw ex;
				}
				if (System.nanoTime() - begun > AT_WORK_NANOS) {
					return false;
				}
				if (System.nanoTime() - end >= 0) {
					throw ex;
				}
			}
		}
	}

	private static SessionLimits lockOnServer(Connection connection, String entity, Duration wait) throws SQLException {
		if (call(connection, "SELECT GET_LOCK(CONCAT('dbop.', LEFT(SHA2(CONCAT(DATABASE(), '.', ?), 256), 40)), ?)",
				entity, StatementLimits.seconds(wait)) != 1) {
			throw new SQLTimeoutException("Somebody else is changing the tables of '%s'".formatted(entity));
		}
		return (failed) -> call(connection,
				"SELECT RELEASE_LOCK(CONCAT('dbop.', LEFT(SHA2(CONCAT(DATABASE(), '.', ?), 256), 40)))", entity);
	}

	private static int call(Connection connection, String sql, Object... arguments) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < arguments.length; i++) {
				statement.setObject(i + 1, arguments[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getInt(1) : 0;
			}
		}
	}

	@Override
	public String tableOptions() {
		return " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
	}

	@Override
	public List<String> changeType(String table, String column, ColumnType from, ColumnType to, String type) {
		List<String> statements = new ArrayList<>();
		statements.add("ALTER TABLE %s MODIFY COLUMN %s %s".formatted(table, column, type));
		String text = (to == ColumnType.TEXT) ? text(from) : null;
		if (text != null) {
			statements.add("UPDATE %s SET %s = %s".formatted(table, column, text.formatted(column)));
		}
		return statements;
	}

	/** The server rounds; what is next below is what goes with an exact value. */
	@Override
	public List<String> doublesToDecimals(String table, String column, String type, String document, String field,
			String tag) {
		String large = "ABS(%s) >= 1e%s".formatted(column, DECIMAL_DIGITS);
		String unlike = "CASE WHEN %2$s THEN TRUE ELSE CAST(%1$s AS %3$s) <> %1$s END".formatted(column, large, type);
		String own = "JSON_EXTRACT(COALESCE(%s, '{}'), '$.\"%s\"')".formatted(document, field);
		// Of doubles, and of floats, that no column holds, with whatever tag.
		String kept = "JSON_EXTRACT(JSON_EXTRACT(%s, '$.*'), '$[0]')".formatted(own);
		List<String> statements = new ArrayList<>();
		statements.add(
				"UPDATE %1$s SET %3$s = JSON_SET(COALESCE(%3$s, '{}'), '$.\"%4$s\"', JSON_OBJECT('%5$s', CAST(%2$s AS CHAR))) WHERE %6$s AND %7$s IS NULL"
					.formatted(table, column, document, field, tag, unlike, own));
		statements.add("UPDATE %s SET %s = NULL WHERE %s".formatted(table, column, large));
		statements.addAll(changeType(table, column, ColumnType.DOUBLE, ColumnType.NUMERIC, type));
		statements.add("UPDATE %1$s SET %2$s = %2$s - %4$s WHERE %2$s > JSON_UNQUOTE(%3$s) + 0e0".formatted(table,
				column, kept, LAST_DECIMAL));
		return statements;
	}

	/** What becomes of the text that the database makes of a value. */
	private static @Nullable String text(ColumnType from) {
		return switch (from) {
			case BOOLEAN -> "CASE %1$s WHEN '0' THEN 'false' WHEN '1' THEN 'true' ELSE %1$s END";
			case NUMERIC -> "IF(%1$s LIKE '%%.%%', TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM %1$s)), %1$s)";
			case INSTANT -> "CONCAT(REPLACE(%s, ' ', 'T'), 'Z')";
			case DATETIME -> "REPLACE(%s, ' ', 'T')";
			default -> null;
		};
	}

	@Override
	public String insert(Insert insert) {
		return InsertedRows.insert(insert);
	}

	/**
	 * Any unique index leads to the update, so that it has to see to it that it is the
	 * row that is meant.
	 */
	@Override
	public String upsert(Insert insert, List<Assignment> updates, String condition) {
		String meant = meant(insert, condition);
		return updating(insert, updates.stream()
			.map((each) -> new Assignment(each.column(),
					"IF(%s, %s, %s)".formatted(meant, each.expression(), current(insert.table(), each.column()))))
			.toList());
	}

	/**
	 * Each condition is parsed and evaluated, that of each column for each row. The first
	 * column alone has one here, and a number that none can hold where it is not met.
	 */
	@Override
	public String upsertAll(Insert insert, List<Assignment> updates, String condition) {
		List<Assignment> all = new ArrayList<>(updates);
		all.set(0, new Assignment(updates.get(0).column(), "IF(%s, %s, 18446744073709551615 + ABS(%s) + 1)".formatted(
				meant(insert, condition), updates.get(0).expression(), current(insert.table(), insert.version()))));
		return updating(insert, all);
	}

	@Override
	public boolean unmet(SQLException exception) {
		return exception.getErrorCode() == OUT_OF_RANGE;
	}

	private String meant(Insert insert, String condition) {
		return current(insert.table(), insert.key()) + " = " + proposed(insert.key()) + " AND " + condition;
	}

	private String updating(Insert insert, List<Assignment> updates) {
		return insert(insert) + rowAlias() + " ON DUPLICATE KEY UPDATE " + InsertedRows.assignments(updates);
	}

	/**
	 * Left to the server a table that is not much larger than the number of keys is read
	 * as a whole, and all of it is locked.
	 */
	@Override
	public String byKey(String table) {
		return table + " FORCE INDEX (PRIMARY)";
	}

	/** The name under which the rows that could not be inserted are known. */
	abstract String rowAlias();

	@Override
	public int maxParameters() {
		return MAX_PARAMETERS;
	}

	@Override
	public String current(String table, String column) {
		return table + "." + column;
	}

	@Override
	public String mergeExact(String current, String proposed, List<String> changed, List<String> kept) {
		String paths = changed.stream()
			.map((field) -> "'$.\"" + field.replace("'", "''") + "\"'")
			.collect(Collectors.joining(", "));
		return "NULLIF(JSON_MERGE_PATCH(JSON_REMOVE(COALESCE(%s, JSON_OBJECT()), %s), COALESCE(%s, JSON_OBJECT())), JSON_OBJECT())"
			.formatted(current, paths, proposed);
	}

	@Override
	public String page(@Nullable String limit, String offset) {
		return " LIMIT " + ((limit != null) ? limit : "18446744073709551615") + " OFFSET " + offset;
	}

	@Override
	public boolean unknownObject(SQLException exception) {
		return UNKNOWN.contains(exception.getErrorCode());
	}

	@Override
	public boolean outOfRange(SQLException exception) {
		return exception.getErrorCode() == TOO_LARGE;
	}

	@Override
	public boolean keyTaken(SQLException exception) {
		return exception.getErrorCode() == 1062 && String.valueOf(exception.getMessage()).contains("PRIMARY'");
	}

	@Override
	public boolean updatesByAnyKey() {
		return true;
	}

	@Override
	public boolean objectExists(SQLException exception) {
		return EXISTS.contains(exception.getErrorCode());
	}

}
