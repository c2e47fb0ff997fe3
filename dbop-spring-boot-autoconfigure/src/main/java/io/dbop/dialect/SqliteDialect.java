package io.dbop.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.sql.SqlSyntax;
import io.dbop.sql.SqlSyntax.Feature;
import io.dbop.sql.SqlSyntax.QuestionMark;
import org.jspecify.annotations.Nullable;

/**
 * SQLite in a file: one writer and several readers at a time.
 */
final class SqliteDialect implements Dialect {

	private static final String PREFIX = "jdbc:sqlite:";

	private static final ColumnValues COLUMNS = new SqliteColumns();

	/**
	 * In double quotes a name that does not exist would become a literal.
	 */
	private static final SqlSyntax SYNTAX = SqlSyntax.standard()
		.without(Feature.ARRAYS, Feature.RETURN_ENDS_COMMENT)
		.with(Feature.BACKTICK_IDENTIFIERS, Feature.NATIVE_NAMES, Feature.ONE_STATEMENT_TEXTS,
				Feature.TRANSACTIONAL_DEFINITIONS)
		.withIdentifierQuote('`')
		.withQuestionMark(QuestionMark.NONE)
		.withMaxIdentifierCharacters(1000);

	/**
	 * SQLite's way of waiting is not fair, so that a long wait is better than a short.
	 */
	private static final long MAX_BUSY_MILLIS = 10_000;

	private final TableSql tables = new SqliteTables();

	private final TransactionBoundaries transactions = new SqliteTransactions();

	@Override
	public String name() {
		return "sqlite";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of(PREFIX);
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return "SQLite".equalsIgnoreCase(metaData.getDatabaseProductName());
	}

	@Override
	public String url(DatabaseLocation location) {
		return PREFIX + location.database();
	}

	/** SQLite makes the file, and not the directory that it is to be in. */
	@Override
	public void makeRoom(String url) {
		if (!privateToConnection(url) && !url.startsWith(PREFIX + "file:") && !url.startsWith(PREFIX + ":")) {
			Path directory = Path.of(url.substring(PREFIX.length()).split("\\?", 2)[0]).toAbsolutePath().getParent();
			try {
				Files.createDirectories(directory);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(
						"The directory '%s' of the SQLite database cannot be created".formatted(directory), ex);
			}
		}
	}

	@Override
	public String driverClassName() {
		return "org.sqlite.JDBC";
	}

	@Override
	public String driverCoordinates() {
		return "org.xerial:sqlite-jdbc";
	}

	@Override
	public @Nullable Classification classify(SQLException exception) {
		String message = exception.getMessage();
		if (exception.getErrorCode() == 1 && message != null
				&& (message.contains("no transaction is active") || message.contains("no such savepoint"))) {
			return Classification.never(FailureKind.TRANSACTION_ABORTED);
		}
		Classification extended = SqliteErrors.TABLE.find(extendedName(message));
		Classification known = (extended != null) ? extended : SqliteErrors.TABLE.find(exception.getErrorCode());
		return (known != null) ? known : GenericDialect.classifyByState(exception, SqlStates.TABLE);
	}

	private static @Nullable String extendedName(@Nullable String message) {
		int end = (message != null && message.startsWith("[SQLITE_")) ? message.indexOf(']') : -1;
		return (message != null && end > 0) ? message.substring(1, end) : null;
	}

	@Override
	public boolean duplicateKey(SQLException exception) {
		String name = String.valueOf(extendedName(exception.getMessage()));
		return name.equals("SQLITE_CONSTRAINT_PRIMARYKEY") || name.equals("SQLITE_CONSTRAINT_UNIQUE")
				|| name.equals("SQLITE_CONSTRAINT_ROWID");
	}

	@Override
	public Map<String, String> connectionProperties(ConnectionTimeouts timeouts) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("journal_mode", "WAL");
		// What was acknowledged survives a power cut.
		properties.put("synchronous", "FULL");
		properties.put("foreign_keys", "true");
		long busyMillis = timeouts.hasQuery() ? Math.min(MAX_BUSY_MILLIS, timeouts.queryMillis()) : MAX_BUSY_MILLIS;
		if (timeouts.lock() != null) {
			busyMillis = StatementLimits.millis(timeouts.lock());
		}
		properties.put("busy_timeout", Long.toString(busyMillis));
		return properties;
	}

	@Override
	public boolean switchesReadOnly() {
		return false;
	}

	@Override
	public TransactionBoundaries transactions() {
		return this.transactions;
	}

	/**
	 * A transaction cannot begin within another: that it can shows that there is none.
	 */
	@Override
	public boolean endedTransaction(Connection connection, SQLException failure) {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("BEGIN");
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	@Override
	public @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		return (limits.lockTimeout() != null) ? SessionSetting.change(connection, "PRAGMA busy_timeout",
				"PRAGMA busy_timeout = %s", StatementLimits.millis(limits.lockTimeout())) : null;
	}

	@Override
	public boolean changesSession(String sql) {
		return SqlitePragmas.set(sql);
	}

	@Override
	public SqlSyntax syntax() {
		return SYNTAX;
	}

	@Override
	public boolean singleWriter() {
		return true;
	}

	/** Without a name it is in memory or in a temporary file. */
	@Override
	public boolean privateToConnection(String url) {
		return url.equals(PREFIX) || url.startsWith(PREFIX + "?") || url.contains(":memory:")
				|| url.contains("mode=memory");
	}

	@Override
	public @Nullable Object parameter(Object value) {
		// It has no types for these; as texts they sort as they should.
		boolean plain = value instanceof String || value instanceof Number;
		boolean written = !plain && (value instanceof Temporal || value instanceof UUID);
		return ParameterValues.of(written ? SqliteText.of(value) : value);
	}

	@Override
	public TableSql tables() {
		return this.tables;
	}

	@Override
	public ColumnValues columns() {
		return COLUMNS;
	}

}
