package io.dbop.dialect;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import io.dbop.sql.SqlSyntax;
import io.dbop.sql.SqlSyntax.Feature;

/**
 * MariaDB, alone or as a Galera cluster, through its own driver or through MySQL's.
 */
final class MariaDbDialect extends InnoDbDialect {

	private static final String PREFIX = "jdbc:mariadb:";

	/** Without waiting: -1 says that it is not that far. */
	private static final ReplicationSql REPLICATION = new ReplicationSql("SELECT @@GLOBAL.gtid_binlog_pos",
			"SELECT MASTER_GTID_WAIT(?, 0) = 0");

	private static final ColumnValues COLUMNS = InnoDbColumns.mariaDb();

	private static final SqlSyntax SYNTAX = INNODB.with(Feature.STATEMENT_SETTINGS);

	private final TableSql tables = new MariaDbTables();

	MariaDbDialect() {
		super(MariaDbErrors.TABLE);
	}

	/**
	 * Looks at the version, where the server names itself: to MySQL's driver every
	 * product is "MySQL".
	 * @param metaData what the database says of itself
	 * @return whether it is MariaDB
	 * @throws SQLException if the database does not answer
	 */
	static boolean isMariaDb(DatabaseMetaData metaData) throws SQLException {
		return namesMariaDb(metaData.getDatabaseProductName()) || namesMariaDb(metaData.getDatabaseProductVersion());
	}

	private static boolean namesMariaDb(String text) {
		return text != null && text.toLowerCase(Locale.ROOT).contains("mariadb");
	}

	@Override
	public String name() {
		return "mariadb";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of(PREFIX);
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return isMariaDb(metaData);
	}

	@Override
	public String url(DatabaseLocation location) {
		String mode = location.failsOver() ? "sequential:" : "";
		return PREFIX + mode + "//" + location.authority() + "/" + location.database();
	}

	@Override
	public ReplicationSql replication() {
		return REPLICATION;
	}

	@Override
	public String connectionLimitsSql() {
		return connectionLimits("information_schema.GLOBAL_STATUS");
	}

	@Override
	public String driverClassName() {
		return "org.mariadb.jdbc.Driver";
	}

	@Override
	public String driverCoordinates() {
		return "org.mariadb.jdbc:mariadb-java-client";
	}

	@Override
	public boolean endsLongStatements() {
		return true;
	}

	@Override
	public SqlSyntax syntax() {
		return SYNTAX;
	}

	/**
	 * Nothing about batches: the driver sends inserts in bulk by default.
	 */
	@Override
	public Map<String, String> connectionProperties(ConnectionTimeouts timeouts) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("tcpKeepAlive", "true");
		timeouts.creationMillis().ifPresent((millis) -> properties.put("connectTimeout", Long.toString(millis)));
		timeouts.socketMillis().ifPresent((millis) -> properties.put("socketTimeout", Long.toString(millis)));
		return properties;
	}

	@Override
	public @Nullable LimitedSql limit(String sql, StatementLimits limits, boolean inTransaction) {
		if (!LimitableSql.test(sql)) {
			return null;
		}
		StringJoiner settings = new StringJoiner(", ", "SET STATEMENT ", " FOR ");
		if (limits.timeout() != null) {
			settings.add("max_statement_time=" + seconds(limits.timeout()));
		}
		if (limits.lockTimeout() != null) {
			settings.add("innodb_lock_wait_timeout=" + StatementLimits.seconds(limits.lockTimeout()));
		}
		return LimitedSql.of(settings + sql);
	}

	@Override
	public @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		SessionLimits time = (limits.timeout() != null) ? SessionSetting.change(connection,
				"SELECT @@SESSION.max_statement_time", "SET SESSION max_statement_time = %s", seconds(limits.timeout()))
				: null;
		return (limits.lockTimeout() != null) ? lockTimeout(connection, limits.lockTimeout(), time) : time;
	}

	private static String seconds(Duration duration) {
		return BigDecimal.valueOf(StatementLimits.millis(duration), 3).toPlainString();
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
