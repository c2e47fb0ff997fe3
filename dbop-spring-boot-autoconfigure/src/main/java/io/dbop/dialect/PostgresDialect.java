package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.sql.SqlSyntax;
import io.dbop.sql.SqlSyntax.Feature;
import io.dbop.sql.SqlSyntax.QuestionMark;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, alone or with Citus, which is an extension of it.
 */
class PostgresDialect implements Dialect {

	private static final ReplicationSql REPLICATION = new ReplicationSql("SELECT pg_current_wal_lsn()::text",
			"SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= CAST(? AS pg_lsn) END");

	private static final String PREFIX = "jdbc:postgresql:";

	private static final String PROTOCOL_VIOLATION = "08P01";

	private static final SessionSql SESSION_SQL = new SessionSql(Set.of("RESET", "DISCARD"),
			Set.of("LOCAL", "TRANSACTION", "CONSTRAINTS"));

	private static final String CANCELLED = "57014";

	/** The class of the states: what else a BEGIN may fail with. */
	private static final String OUT_OF_RESOURCES = "53";

	private static final ColumnValues COLUMNS = new PostgresColumns();

	private static final SqlSyntax SYNTAX = SqlSyntax.standard()
		.with(Feature.ESCAPE_STRINGS, Feature.DOLLAR_QUOTES, Feature.TAGGED_DOLLAR_QUOTES, Feature.NESTED_COMMENTS,
				Feature.NUMBERED_ARGUMENTS, Feature.ATOMIC_TEXTS, Feature.TRANSACTIONAL_DEFINITIONS)
		.withQuestionMark(QuestionMark.DOUBLED)
		.withMaxIdentifierBytes(63);

	/** Of others' sessions anybody sees the user and the database, and not much more. */
	private static final String CONNECTION_LIMITS = """
			SELECT 'server', current_setting('max_connections')::int
				- current_setting('superuser_reserved_connections')::int
				- coalesce(current_setting('reserved_connections', true)::int, 0),
				(SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL AND usesysid IS NOT NULL)
			UNION ALL SELECT 'user', rolconnlimit,
				(SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL AND usesysid = r.oid)
			FROM pg_roles r WHERE rolname = session_user AND rolconnlimit >= 0 AND NOT rolsuper
			UNION ALL SELECT 'database', datconnlimit,
				(SELECT count(*) FROM pg_stat_activity WHERE datid = d.oid AND usesysid IS NOT NULL)
			FROM pg_database d WHERE datname = current_database() AND datconnlimit >= 0""";

	private final TableSql tables = new PostgresTables(this);

	@Override
	public String name() {
		return "postgresql";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of(PREFIX);
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return "PostgreSQL".equalsIgnoreCase(metaData.getDatabaseProductName());
	}

	@Override
	public String url(DatabaseLocation location) {
		String url = PREFIX + "//" + location.authority() + "/" + UrlText.encode(location.database());
		return location.failsOver() ? url + "?targetServerType=primary" : url;
	}

	/** A replica takes no writes, whatever the URL of the primary wants. */
	@Override
	public String replicaUrl(String url, String authority) {
		return UrlText.without(UrlText.at(url, authority), "targetServerType");
	}

	@Override
	public ReplicationSql replication() {
		return REPLICATION;
	}

	@Override
	public @Nullable String connectionLimitsSql() {
		return CONNECTION_LIMITS;
	}

	@Override
	public String driverClassName() {
		return "org.postgresql.Driver";
	}

	@Override
	public String driverCoordinates() {
		return "org.postgresql:postgresql";
	}

	@Override
	public @Nullable Classification classify(SQLException exception) {
		String state = exception.getSQLState();
		String message = exception.getMessage();
		if ("0A000".equals(state) && message != null && message.contains("cached plan must not change")) {
			return Classification.retryable(FailureKind.SCHEMA_CHANGED, Redo.TRANSACTION);
		}
		if ("57014".equals(state) && message != null && message.contains("user request")) {
			return Classification.never(FailureKind.CANCELLED);
		}
		if ("01000".equals(state) && exception instanceof SQLWarning) {
			// Of a commit that was cancelled: it no longer waits for the replica.
			return Classification.outcomeUnknown(FailureKind.STATEMENT_TIMEOUT);
		}
		return GenericDialect.classifyByState(exception, PostgresErrors.TABLE);
	}

	@Override
	public boolean errorAbortsTransaction() {
		return true;
	}

	/** The driver sends BEGIN as a message of its own, in the same packet. */
	@Override
	public String beginningSql() {
		return "SELECT 1";
	}

	/**
	 * After the failure of BEGIN the driver takes the next answer for that of BEGIN,
	 * unless there are rows in it. A transaction that has begun takes nothing more after
	 * a failure.
	 */
	@Override
	public boolean stoodAlone(SQLException exception, Connection connection) {
		String state = String.valueOf(exception.getSQLState());
		if (!state.equals(CANCELLED) && !state.startsWith(OUT_OF_RESOURCES)) {
			return false;
		}
		for (SQLException each = exception.getNextException(); each != null; each = each.getNextException()) {
			if (PROTOCOL_VIOLATION.equals(each.getSQLState())) {
				return true;
			}
		}
		try (Statement statement = connection.createStatement()) {
			return statement.execute(beginningSql());
		}
		catch (SQLException ex) {
			return false;
		}
	}

	@Override
	public boolean abortedTransaction(Connection connection) {
		return PostgresTransaction.aborted(connection);
	}

	@Override
	public boolean transactionGoesOn(Connection connection) {
		return PostgresTransaction.goesOn(connection);
	}

	@Override
	public Map<String, String> connectionProperties(ConnectionTimeouts timeouts) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("tcpKeepAlive", "true");
		properties.put("reWriteBatchedInserts", "true");
		// No thread is to be kept for long by a server that does not answer.
		properties.put("cancelSignalTimeout", "2");
		timeouts.creationSeconds().ifPresent((seconds) -> {
			properties.put("connectTimeout", Long.toString(seconds));
			// A server that accepts and then says nothing is only noticed by this one.
			properties.put("loginTimeout", Long.toString(seconds));
		});
		timeouts.socketSeconds().ifPresent((seconds) -> properties.put("socketTimeout", Long.toString(seconds)));
		return properties;
	}

	@Override
	public @Nullable String connectionInitSql(ConnectionTimeouts timeouts) {
		StringJoiner settings = new StringJoiner("; ");
		if (timeouts.hasQuery()) {
			settings.add("SET statement_timeout = " + timeouts.queryMillis());
		}
		if (timeouts.lock() != null) {
			settings.add("SET lock_timeout = " + StatementLimits.millis(timeouts.lock()));
		}
		return (settings.length() > 0) ? settings.toString() : null;
	}

	/** To the driver a schema is the whole search path, which may have been longer. */
	@Override
	public SessionLimits keepSchema(Connection connection) throws SQLException {
		return SessionSetting.keep(connection, "SELECT current_setting('search_path')",
				"SELECT set_config('search_path', ?, false)");
	}

	@Override
	public boolean changesSession(String sql) {
		return SESSION_SQL.test(sql);
	}

	@Override
	public boolean endsLongStatements() {
		return true;
	}

	@Override
	public void cancel(Statement statement) throws SQLException {
		PostgresCancel.cancel(statement);
	}

	/** Only there does a portal stay. */
	@Override
	public boolean streamsInTransactions() {
		return true;
	}

	@Override
	public SqlSyntax syntax() {
		return SYNTAX;
	}

	@Override
	public @Nullable LimitedSql limit(String sql, StatementLimits limits, boolean inTransaction) {
		return LimitableSql.test(sql) ? PostgresLimits.of(limits).inText(sql, inTransaction) : null;
	}

	@Override
	public @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		return PostgresLimits.of(limits).onSession(connection);
	}

	@Override
	public @Nullable Object parameter(Object value) {
		// The driver knows instants only with an offset.
		return ParameterValues
			.withArrays((value instanceof Instant instant) ? instant.atOffset(ZoneOffset.UTC) : value);
	}

	@Override
	public TableSql tables() {
		return this.tables;
	}

	@Override
	public ColumnValues columns() {
		return COLUMNS;
	}

	@Override
	public boolean readsUserBeforeHost() {
		return false;
	}

}
