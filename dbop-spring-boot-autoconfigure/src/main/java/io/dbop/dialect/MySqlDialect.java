package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.sql.SqlSyntax;
import org.jspecify.annotations.Nullable;

/**
 * MySQL, alone or as a group.
 */
class MySqlDialect extends InnoDbDialect {

	private static final String PREFIX = "jdbc:mysql:";

	private static final ReplicationSql REPLICATION = new ReplicationSql("SELECT @@GLOBAL.gtid_executed",
			"SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)");

	private static final ColumnValues COLUMNS = InnoDbColumns.mySql();

	static final Duration GRACE = Duration.ofMillis(500);

	private final TableSql tables = new MySqlTables();

	MySqlDialect() {
		this(MySqlErrors.TABLE);
	}

	MySqlDialect(ErrorTable errors) {
		super(errors);
	}

	@Override
	public String name() {
		return "mysql";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of(PREFIX);
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return "MySQL".equalsIgnoreCase(metaData.getDatabaseProductName()) && !MariaDbDialect.isMariaDb(metaData);
	}

	@Override
	public String url(DatabaseLocation location) {
		return PREFIX + "//" + location.authority() + "/" + UrlText.encode(location.database());
	}

	/** Of servers without GTIDs it tells that they have reached everything. */
	@Override
	public ReplicationSql replication() {
		return REPLICATION;
	}

	@Override
	public @Nullable String connectionLimitsSql() {
		return connectionLimits("performance_schema.global_status");
	}

	@Override
	public String driverClassName() {
		return "com.mysql.cj.jdbc.Driver";
	}

	@Override
	public String driverCoordinates() {
		return "com.mysql:mysql-connector-j";
	}

	/**
	 * Row by row, which is the driver's way, while nothing else may be done on the
	 * connection: not in a transaction.
	 */
	@Override
	public void stream(Connection connection, Statement statement, int rows) throws SQLException {
		statement.setFetchSize(connection.getAutoCommit() ? Integer.MIN_VALUE : rows);
	}

	@Override
	public SqlSyntax syntax() {
		return INNODB;
	}

	/** {@code max_execution_time} is for reads alone. */
	@Override
	public boolean endsLongStatements() {
		return false;
	}

	/**
	 * Statements are prepared by the driver, not the server, which is the driver's
	 * default: one round trip, no state on the server. The server's configuration is not
	 * cached, since it may be another server's after a failover.
	 */
	@Override
	public Map<String, String> connectionProperties(ConnectionTimeouts timeouts) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("tcpKeepAlive", "true");
		properties.put("rewriteBatchedStatements", "true");
		// Otherwise every host of a list but the first takes no writes.
		properties.put("failOverReadOnly", "false");
		timeouts.creationMillis().ifPresent((millis) -> properties.put("connectTimeout", Long.toString(millis)));
		timeouts.socketMillis().ifPresent((millis) -> properties.put("socketTimeout", Long.toString(millis)));
		return properties;
	}

	/**
	 * The hint is for reads alone, as is the setting. It comes after the cancel by
	 * whoever waits: SLEEP(), which a cancel ends with an error, ends by this one as if
	 * all were well.
	 */
	@Override
	public @Nullable LimitedSql limit(String sql, StatementLimits limits, boolean inTransaction) {
		if (limits.timeout() == null || limits.lockTimeout() != null || !sql.regionMatches(true, 0, "SELECT ", 0, 7)
				|| sql.contains("/*+")) {
			return null;
		}
		return LimitedSql
			.of("SELECT /*+ MAX_EXECUTION_TIME(%s) */ ".formatted(StatementLimits.millis(limits.timeout().plus(GRACE)))
					+ sql.substring(7));
	}

	@Override
	public @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		SessionLimits time = (limits.timeout() != null)
				? SessionSetting.change(connection, "SELECT @@SESSION.max_execution_time",
						"SET SESSION max_execution_time = %s", StatementLimits.millis(limits.timeout().plus(GRACE)))
				: null;
		return (limits.lockTimeout() != null) ? lockTimeout(connection, limits.lockTimeout(), time) : time;
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
