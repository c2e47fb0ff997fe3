package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Tables of SQLite, whose transactions that write are one after another. */
final class SqliteTables implements TableSql {

	private static final int MAX_PARAMETERS = 32_766;

	@Override
	public String catalogue(int tables) {
		return """
				SELECT m.name, p.name, CASE WHEN p.hidden > 1 THEN 'generated ' ELSE '' END || p.type, 0, m.sql LIKE '%%CONFLICT%%' OR m.sql LIKE '%%ROWID%%'
				OR EXISTS (SELECT 1 FROM sqlite_master t WHERE t.type = 'trigger' AND lower(t.tbl_name) = lower(m.name))
				FROM sqlite_master m JOIN pragma_table_xinfo(m.name) p ON p.hidden <> 1
				WHERE m.type IN ('table', 'view') AND lower(m.name) IN (%s) ORDER BY m.name, p.cid"""
			.formatted(String.join(", ", Collections.nCopies(tables, "lower(?)")));
	}

	@Override
	public boolean changesTablesInTransactions() {
		return true;
	}

	@Override
	public SessionLimits lock(Connection connection, String entity, Duration wait) {
		return (failed) -> {
			// The transaction is the lock.
		};
	}

	/** Those that make a key unique have no text, and are not of a field. */
	@Override
	public String indexesInTheWay() {
		return """
				SELECT 'DROP INDEX "' || replace(name, '"', '""') || '"', sql FROM sqlite_master
				WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ? ORDER BY name""";
	}

	/** It cannot change the type of a column. */
	@Override
	public List<String> changeType(String table, String column, ColumnType from, ColumnType to, String type) {
		String added = column.charAt(0) + "_widened" + column.charAt(0);
		return List.of("ALTER TABLE %s ADD COLUMN %s %s".formatted(table, added, type),
				"UPDATE %s SET %s = %s".formatted(table, added, converted(column, from, to)),
				"ALTER TABLE %s DROP COLUMN %s".formatted(table, column),
				"ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(table, added, column));
	}

	@Override
	public List<String> doublesToDecimals(String table, String column, String type, String document, String field,
			String tag) {
		List<String> statements = new ArrayList<>();
		statements.add(("UPDATE %1$s SET %3$s = json_set(COALESCE(%3$s, '{}'), '$.\"%4$s\"', json_object('%5$s',"
				+ " CASE WHEN %2$s > 0 THEN 'Infinity' ELSE '-Infinity' END)), %2$s = NULL WHERE %2$s IN (9e999, -9e999)")
			.formatted(table, column, document, field, tag));
		statements.addAll(changeType(table, column, ColumnType.DOUBLE, ColumnType.NUMERIC, type));
		return statements;
	}

	private static String converted(String column, ColumnType from, ColumnType to) {
		return (from == ColumnType.BOOLEAN && to == ColumnType.TEXT)
				? "CASE %s WHEN 0 THEN 'false' WHEN 1 THEN 'true' END".formatted(column) : column;
	}

	@Override
	public String insert(Insert insert) {
		return "INSERT INTO " + insert.table() + " AS t " + InsertedRows.columns(insert) + " "
				+ InsertedRows.values(insert);
	}

	@Override
	public String upsert(Insert insert, List<Assignment> updates, String condition) {
		return insert(insert) + " ON CONFLICT (" + insert.key() + ") DO UPDATE SET " + InsertedRows.assignments(updates)
				+ " WHERE " + condition;
	}

	@Override
	public int maxParameters() {
		return MAX_PARAMETERS;
	}

	/** Its driver prepares each statement anew: one parameter is quicker than many. */
	@Override
	public String isAnyOf(String column, int texts) {
		return (texts == 1) ? column + " = ?" : column + " IN (SELECT value FROM json_each(?))";
	}

	@Override
	public List<String> anyOf(List<String> texts) {
		return (texts.size() == 1) ? texts : List.of(JsonArray.of(texts));
	}

	/**
	 * A statement that may fail after its first row keeps what all pages were before it,
	 * in a file if there are many. Not one that leaves alone what it has done. Triggers
	 * and constraints that say themselves what to do then would no longer be heard.
	 */
	@Override
	public String copy(Copy copy) {
		String plain = TableSql.super.copy(copy);
		return copy.whole() ? plain : plain.replaceFirst("INSERT", "INSERT OR FAIL");
	}

	/** Rows get the number after the greatest that there is. */
	@Override
	public @Nullable String beforeCopy(String into) {
		return "SELECT COALESCE(MAX(rowid), 0) FROM " + into;
	}

	@Override
	public String takeBack(Copy copy) {
		return "DELETE FROM %1$s WHERE rowid > ? AND (%2$s, %3$s) IN (SELECT %2$s, %3$s FROM %4$s WHERE %5$s)"
			.formatted(copy.into(), copy.key(), copy.version(), copy.from(), copy.condition());
	}

	@Override
	public String proposed(String column) {
		return "excluded." + column;
	}

	@Override
	public String returning(String change, String columns) {
		return change + " RETURNING " + columns;
	}

	@Override
	public String forUpdate() {
		return "";
	}

	@Override
	public String mergeExact(String current, String proposed, List<String> changed, List<String> kept) {
		String paths = changed.stream()
			.map((field) -> "'$.\"" + field.replace("'", "''") + "\"'")
			.collect(Collectors.joining(", "));
		return "NULLIF(json_patch(json_remove(COALESCE(%s, '{}'), %s), COALESCE(%s, '{}')), '{}')".formatted(current,
				paths, proposed);
	}

	@Override
	public String page(@Nullable String limit, String offset) {
		return " LIMIT " + ((limit != null) ? limit : "-1") + " OFFSET " + offset;
	}

	@Override
	public boolean unknownObject(SQLException exception) {
		String message = String.valueOf(exception.getMessage());
		return message.contains("no such column") || message.contains("no such table")
				|| message.contains("has no column named");
	}

	@Override
	public boolean objectExists(SQLException exception) {
		String message = String.valueOf(exception.getMessage());
		return message.contains("already exists") || message.contains("duplicate column name");
	}

	/** A statement with thousands of parameters takes longer to parse than to execute. */
	@Override
	public boolean prefersBatches(Insert insert) {
		return true;
	}

}
