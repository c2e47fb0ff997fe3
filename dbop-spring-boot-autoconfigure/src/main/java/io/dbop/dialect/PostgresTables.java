package io.dbop.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Tables of PostgreSQL. A change and its record are one statement, several rows come as
 * arrays.
 */
final class PostgresTables implements TableSql {

	private static final Set<String> UNKNOWN = Set.of("42703", "42P01", "42804", "42P10", "42883");

	private static final Set<String> EXISTS = Set.of("42701", "42P07", "42710", "23505");

	private final Dialect dialect;

	PostgresTables(Dialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Those on the search path alone: others of the same name are not meant. Attributes
	 * as documents, for before version 12 there are fewer.
	 */
	@Override
	public String catalogue(int tables) {
		return """
				SELECT c.relname, a.attname, CASE WHEN to_jsonb(a) ->> 'attgenerated' <> ''
				OR to_jsonb(a) ->> 'attidentity' = 'a' THEN 'generated ' ELSE '' END || format_type(a.atttypid, a.atttypmod), 0, 0
				FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
				WHERE lower(c.relname) IN (%s) AND c.relkind IN ('r', 'p', 'f', 'v') AND pg_table_is_visible(c.oid)
				AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum"""
			.formatted(String.join(", ", Collections.nCopies(tables, "lower(?)")));
	}

	@Override
	public boolean changesTablesInTransactions() {
		return true;
	}

	/**
	 * Until the end of the transaction. Whoever waits for a table keeps all others from
	 * it, so that this must not take long.
	 */
	@Override
	public SessionLimits lock(Connection connection, String entity, Duration wait) throws SQLException {
		String before = call(connection, "SELECT current_setting('lock_timeout')");
		setWait(connection, StatementLimits.millis(wait) + "ms");
		call(connection, "SELECT pg_advisory_xact_lock(hashtext('dbop'), hashtext(current_schema() || '.' || ?))::text",
				entity);
		return (failed) -> {
			if (!failed) {
				setWait(connection, String.valueOf(before));
			}
		};
	}

	@Override
	public String lockTables(String main, String history) {
		return "LOCK TABLE %s, %s IN ACCESS EXCLUSIVE MODE".formatted(main, history);
	}

	private static void setWait(Connection connection, String wait) throws SQLException {
		call(connection, "SELECT set_config('lock_timeout', ?, true)", wait);
	}

	private static @Nullable String call(Connection connection, String sql, String... arguments) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < arguments.length; i++) {
				statement.setString(i + 1, arguments[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getString(1) : null;
			}
		}
	}

	@Override
	public List<String> changeType(String table, String column, ColumnType from, ColumnType to, String type) {
		return List.of("ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s".formatted(table, column, type,
				converted(column, from, to, type)));
	}

	@Override
	public List<String> doublesToDecimals(String table, String column, String type, String document, String field,
			String tag) {
		List<String> statements = new ArrayList<>();
		statements
			.add(("UPDATE %1$s SET %3$s = COALESCE(%3$s, '{}') || jsonb_build_object('%4$s', jsonb_build_object('%5$s',"
					+ " %2$s::text)), %2$s = NULL WHERE %2$s IN ('NaN', 'Infinity', '-Infinity')")
				.formatted(table, column, document, field, tag));
		statements.addAll(changeType(table, column, ColumnType.DOUBLE, ColumnType.NUMERIC, type));
		return statements;
	}

	/** The cast of a double gives 15 digits only; its text gives all. */
	private static String converted(String column, ColumnType from, ColumnType to, String type) {
		if (from == ColumnType.INSTANT && to == ColumnType.TEXT) {
			return "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(column);
		}
		return (from == ColumnType.DOUBLE) ? column + "::text::" + type : column + "::" + type;
	}

	@Override
	public String insert(Insert insert) {
		if (insert.rows() == 1 && insert.fresh()) {
			return "INSERT INTO " + insert.table() + " AS t " + InsertedRows.columns(insert) + " "
					+ InsertedRows.values(insert);
		}
		StringJoiner columns = new StringJoiner(", ", "(", ")").add(insert.version());
		StringJoiner selected = new StringJoiner(", ").add(firstVersion(insert));
		for (Column column : insert.columns()) {
			columns.add(column.name());
			selected.add((insert.rows() > 1 && column.shared()) ? "c." + column.name() : "s." + column.name());
		}
		return "INSERT INTO " + insert.table() + " AS t " + columns + " SELECT " + selected + " FROM " + source(insert);
	}

	/**
	 * A row goes on where the history of its id has ended. What is there already is
	 * updated and needs none: looking for it costs less than looking into the history. As
	 * a value, since EXISTS may have the whole table read.
	 */
	private static String firstVersion(Insert insert) {
		return insert.fresh() ? "1"
				: "CASE WHEN (SELECT TRUE FROM %4$s AS i WHERE i.%3$s = s.%3$s) THEN 1 ELSE COALESCE((SELECT MAX(h.%1$s) FROM %2$s AS h WHERE h.%3$s = s.%3$s), 0) + 1 END"
					.formatted(insert.version(), insert.history(), insert.key(), insert.table());
	}

	private static String source(Insert insert) {
		if (insert.rows() == 1) {
			return "(VALUES " + markers(insert.columns(), false) + ") AS s" + names(insert.columns());
		}
		List<Column> each = insert.columns().stream().filter((column) -> !column.shared()).toList();
		List<Column> shared = insert.columns().stream().filter(Column::shared).toList();
		String arrays = "unnest" + markers(each, true) + " AS s" + names(each);
		return shared.isEmpty() ? arrays
				: arrays + " CROSS JOIN (VALUES " + markers(shared, false) + ") AS c" + names(shared);
	}

	private static String markers(List<Column> columns, boolean arrays) {
		return columns.stream()
			.map((column) -> arrays ? String.valueOf(column.arrayMarker()) : column.marker())
			.collect(Collectors.joining(", ", "(", ")"));
	}

	private static String names(List<Column> columns) {
		return columns.stream().map(Column::name).collect(Collectors.joining(", ", "(", ")"));
	}

	@Override
	public List<@Nullable Object> parameters(Insert insert, List<List<@Nullable Object>> rows) {
		if (insert.rows() == 1) {
			return rows.get(0);
		}
		List<@Nullable Object> parameters = new ArrayList<>(insert.columns().size());
		List<@Nullable Object> shared = new ArrayList<>();
		for (int i = 0; i < insert.columns().size(); i++) {
			Column column = insert.columns().get(i);
			if (column.shared()) {
				shared.add(rows.get(0).get(i));
			}
			else {
				parameters.add(this.dialect.columns().arrayParameter(column.type(), valuesOf(rows, i)));
			}
		}
		parameters.addAll(shared);
		return parameters;
	}

	private static List<@Nullable Object> valuesOf(List<List<@Nullable Object>> rows, int column) {
		List<@Nullable Object> values = new ArrayList<>(rows.size());
		rows.forEach((row) -> values.add(row.get(column)));
		return values;
	}

	@Override
	public String upsert(Insert insert, List<Assignment> updates, String condition) {
		return insert(insert) + " ON CONFLICT (" + insert.key() + ") DO UPDATE SET " + InsertedRows.assignments(updates)
				+ " WHERE " + condition;
	}

	/** Several rows are one parameter for each column. */
	@Override
	public int maxParameters() {
		return Integer.MAX_VALUE;
	}

	@Override
	public String proposed(String column) {
		return "EXCLUDED." + column;
	}

	@Override
	public String returning(String change, String columns) {
		return change + " RETURNING " + columns;
	}

	@Override
	public boolean changesWithinQueries() {
		return true;
	}

	@Override
	public String mergeExact(String current, String proposed, List<String> changed, List<String> kept) {
		String keys = changed.stream()
			.map((field) -> "'" + field.replace("'", "''") + "'")
			.collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
		return "NULLIF((COALESCE(%s, '{}'::jsonb) - %s) || COALESCE(%s, '{}'::jsonb), '{}'::jsonb)".formatted(current,
				keys, proposed);
	}

	@Override
	public String order(String column, boolean descending) {
		return column + (descending ? " DESC NULLS LAST" : " ASC NULLS FIRST");
	}

	@Override
	public String page(@Nullable String limit, String offset) {
		return (limit != null) ? " LIMIT " + limit + " OFFSET " + offset : " OFFSET " + offset;
	}

	@Override
	public String textOf(String column) {
		return "CAST(" + column + " AS text)";
	}

	@Override
	public boolean unknownObject(SQLException exception) {
		return UNKNOWN.contains(String.valueOf(exception.getSQLState()));
	}

	@Override
	public boolean keyTaken(SQLException exception) {
		return "23505".equals(exception.getSQLState()) && String.valueOf(exception.getMessage()).contains("_pkey");
	}

	@Override
	public boolean rowRefused(SQLException exception) {
		return "42501".equals(exception.getSQLState());
	}

	@Override
	public boolean objectExists(SQLException exception) {
		return EXISTS.contains(String.valueOf(exception.getSQLState()));
	}

}
