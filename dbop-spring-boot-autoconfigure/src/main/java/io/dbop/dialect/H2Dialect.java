package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;

import io.dbop.failure.Classification;
import io.dbop.sql.SqlSyntax;
import io.dbop.sql.SqlSyntax.Feature;
import io.dbop.sql.SqlSyntax.QuestionMark;
import org.jspecify.annotations.Nullable;

/**
 * H2, the database of tests.
 */
final class H2Dialect implements Dialect {

	private static final TransactionBoundaries TRANSACTIONS = new DeferredAutoCommit();

	private static final String PREFIX = "jdbc:h2:";

	private static final ColumnValues COLUMNS = new H2Columns();

	private static final String QUERY_TIMEOUT = "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
			+ " WHERE SETTING_NAME = 'QUERY_TIMEOUT'";

	private static final SqlSyntax SYNTAX = SqlSyntax.standard()
		.with(Feature.BRACKET_TRIGRAPHS, Feature.DOLLAR_QUOTES, Feature.NESTED_COMMENTS, Feature.SLASH_COMMENTS,
				Feature.BACKTICK_IDENTIFIERS)
		.withQuestionMark(QuestionMark.NONE)
		.withMaxIdentifierCharacters(256);

	private final TableSql tables = new H2Tables();

	@Override
	public TransactionBoundaries transactions() {
		return TRANSACTIONS;
	}

	@Override
	public String name() {
		return "h2";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of(PREFIX);
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return "H2".equalsIgnoreCase(metaData.getDatabaseProductName());
	}

	/**
	 * A database named like a path or with a scheme of H2's is taken as it is; a plain
	 * name is one in memory, or on the server if a port is given.
	 */
	@Override
	public String url(DatabaseLocation location) {
		String database = location.database();
		if (database.matches("(mem|file|nio|nioMapped|zip|tcp|ssl|split):.*|[~./].*|[A-Za-z]:[/\\\\].*")) {
			return PREFIX + database;
		}
		return (location.port() != null) ? PREFIX + "tcp://" + location.authority() + "/" + database
				: PREFIX + "mem:" + database + ";DB_CLOSE_DELAY=-1";
	}

	@Override
	public String driverClassName() {
		return "org.h2.Driver";
	}

	@Override
	public String driverCoordinates() {
		return "com.h2database:h2";
	}

	@Override
	public @Nullable Classification classify(SQLException exception) {
		Classification known = H2Errors.TABLE.find(exception.getErrorCode());
		return (known != null) ? DriverFailures.refine(known, exception)
				: GenericDialect.classifyByState(exception, SqlStates.TABLE);
	}

	@Override
	public @Nullable String connectionInitSql(ConnectionTimeouts timeouts) {
		StringJoiner settings = new StringJoiner("; ");
		if (timeouts.hasQuery()) {
			settings.add("SET QUERY_TIMEOUT " + timeouts.queryMillis());
		}
		if (timeouts.lock() != null) {
			settings.add("SET LOCK_TIMEOUT " + StatementLimits.millis(timeouts.lock()));
		}
		return (settings.length() > 0) ? settings.toString() : null;
	}

	@Override
	public boolean keepsQueryTimeout() {
		return true;
	}

	@Override
	public @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		SessionLimits time = (limits.timeout() != null) ? SessionSetting.change(connection, QUERY_TIMEOUT,
				"SET QUERY_TIMEOUT %s", StatementLimits.millis(limits.timeout())) : null;
		if (limits.lockTimeout() == null) {
			return time;
		}
		SessionLimits lock = SessionSetting.change(connection, "CALL LOCK_TIMEOUT()", "SET LOCK_TIMEOUT %s",
				StatementLimits.millis(limits.lockTimeout()));
		return (time != null) ? SessionLimits.both(time, lock) : lock;
	}

	@Override
	public boolean endsLongStatements() {
		return true;
	}

	@Override
	public SqlSyntax syntax() {
		return SYNTAX;
	}

	@Override
	public @Nullable Object parameter(Object value) {
		return ParameterValues.withArrays(value);
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
