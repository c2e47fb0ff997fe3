package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Tables of H2, where a change to a table commits the transaction. */
final class H2Tables implements TableSql {

	private static final int MAX_PARAMETERS = 100_000;

	private static final Set<Integer> UNKNOWN = Set.of(42102, 42103, 42104, 42122);

	private static final Set<Integer> EXISTS = Set.of(42101, 42121, 23505);

	private static final Map<String, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

	@Override
	public String catalogue(int tables) {
		return """
				SELECT TABLE_NAME, COLUMN_NAME,
				CASE WHEN IS_GENERATED = 'ALWAYS' OR IDENTITY_GENERATION = 'ALWAYS' THEN 'generated ' ELSE '' END || DATA_TYPE,
				0, 0 FROM INFORMATION_SCHEMA.COLUMNS
				WHERE TABLE_SCHEMA = SCHEMA() AND LOWER(TABLE_NAME) IN (%s) ORDER BY TABLE_NAME, ORDINAL_POSITION"""
			.formatted(String.join(", ", Collections.nCopies(tables, "LOWER(?)")));
	}

	@Override
	public boolean changesTablesInTransactions() {
		return false;
	}

	/**
	 * The database has no lock for it. Most are of one process, whose threads wait for
	 * each other here; on a server whoever comes second finds the table made.
	 */
	@Override
	public SessionLimits lock(Connection connection, String entity, Duration wait) throws SQLException {
		ReentrantLock lock = LOCKS.computeIfAbsent(connection.getMetaData().getURL(), (url) -> new ReentrantLock());
		if (!acquire(lock, wait)) {
			throw new SQLTimeoutException("Somebody else is changing the tables of '%s'".formatted(entity));
		}
		return SessionLimits.with((failed) -> lock.unlock(), () -> SessionSetting.change(connection,
				"CALL LOCK_TIMEOUT()", "SET LOCK_TIMEOUT %s", StatementLimits.millis(wait)));
	}

	private static boolean acquire(ReentrantLock lock, Duration wait) {
		try {
			return lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public List<String> changeType(String table, String column, ColumnType from, ColumnType to, String type) {
		String using = (from == ColumnType.BOOLEAN && to == ColumnType.TEXT)
				? " USING CASE %s WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END".formatted(column) : "";
		return List.of("ALTER TABLE %s ALTER COLUMN %s SET DATA TYPE %s%s".formatted(table, column, type, using));
	}

	@Override
	public List<String> doublesToDecimals(String table, String column, String type, String document, String field,
			String tag) {
		String before = "CASE WHEN %1$s IS NULL OR CAST(%1$s AS VARCHAR) = '{}' THEN '{' ELSE SUBSTRING(CAST(%1$s AS VARCHAR) FROM 1 FOR CHAR_LENGTH(CAST(%1$s AS VARCHAR)) - 1) || ',' END"
			.formatted(document);
		List<String> statements = new ArrayList<>();
		statements.add(
				("UPDATE %1$s SET %3$s = (%6$s || '\"%4$s\":{\"%5$s\":\"' || CAST(%2$s AS VARCHAR) || '\"}}') FORMAT JSON,"
						+ " %2$s = NULL WHERE CAST(%2$s AS VARCHAR) IN ('NaN', 'Infinity', '-Infinity')")
					.formatted(table, column, document, field, tag, before));
		statements.addAll(changeType(table, column, ColumnType.DOUBLE, ColumnType.NUMERIC, type));
		return statements;
	}

	@Override
	public String insert(Insert insert) {
		return InsertedRows.insert(insert);
	}

	@Override
	public String upsert(Insert insert, List<Assignment> updates, String condition) {
		StringJoiner inserted = new StringJoiner(", ", "(", ")").add("1");
		insert.columns().forEach((column) -> inserted.add("s." + column.name()));
		return "MERGE INTO %1$s AS t USING (%2$s) AS s%3$s ON t.%4$s = s.%4$s WHEN MATCHED AND %8$s THEN UPDATE SET %5$s WHEN NOT MATCHED THEN INSERT %6$s VALUES %7$s"
			.formatted(insert.table(), source(insert), names(insert), insert.key(), InsertedRows.assignments(updates),
					InsertedRows.columns(insert), inserted, condition);
	}

	private static String source(Insert insert) {
		String row = insert.columns().stream().map(Column::marker).collect(Collectors.joining(", ", "(", ")"));
		return "VALUES " + String.join(", ", Collections.nCopies(insert.rows(), row));
	}

	private static String names(Insert insert) {
		return insert.columns().stream().map(Column::name).collect(Collectors.joining(", ", "(", ")"));
	}

	@Override
	public int maxParameters() {
		return MAX_PARAMETERS;
	}

	@Override
	public String proposed(String column) {
		return "s." + column;
	}

	/**
	 * {@code FINAL TABLE} would give them, but leaves the rows before one that fails.
	 */
	@Override
	public @Nullable String returning(String change, String columns) {
		return null;
	}

	/** There is no way to a server. */
	@Override
	public boolean asksForNewRows() {
		return true;
	}

	/** It has no function that merges, so that what is kept is put together anew. */
	@Override
	public String mergeExact(String current, String proposed, List<String> changed, List<String> kept) {
		List<String> members = new ArrayList<>();
		changed.forEach((field) -> members.add(member(field, proposed)));
		kept.forEach((field) -> members.add(member(field, current)));
		return "JSON_OBJECT(" + String.join(", ", members) + " ABSENT ON NULL)";
	}

	private static String member(String field, String document) {
		return "KEY '%s' VALUE (%s).\"%s\"".formatted(field.replace("'", "''"), document, field.replace("\"", "\"\""));
	}

	@Override
	public String page(@Nullable String limit, String offset) {
		return " OFFSET " + offset + " ROWS" + ((limit != null) ? " FETCH NEXT " + limit + " ROWS ONLY" : "");
	}

	@Override
	public String textOf(String column) {
		return "CAST(" + column + " AS VARCHAR)";
	}

	@Override
	public boolean unknownObject(SQLException exception) {
		return UNKNOWN.contains(exception.getErrorCode());
	}

	@Override
	public boolean keyTaken(SQLException exception) {
		String message = String.valueOf(exception.getMessage());
		return exception.getErrorCode() == 23505
				&& (message.contains("PRIMARY_KEY") || message.contains("PRIMARY KEY ON"));
	}

	@Override
	public boolean objectExists(SQLException exception) {
		return EXISTS.contains(exception.getErrorCode());
	}

}
