package io.dbop.pool;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.pool.HikariFactory.Kind;

/**
 * Makes {@link ConnectionPool}s: opens those of configured databases and of their
 * replicas, and adopts what is there already. Thread-safe.
 */
public final class ConnectionPoolFactory {

	private ConnectionPoolFactory() {
	}

	/**
	 * Starts a HikariCP pool, whose name is the alias.
	 * @param config the configuration
	 * @param dialect the dialect of the database
	 * @param credentials asked for every new physical connection
	 * @return the pool
	 * @throws InvalidDatabaseConfigException if a setting is unknown or wrong
	 * @throws PoolStartException if the driver is missing, or if the database cannot be
	 * reached and the configuration wants the start to fail then
	 */
	public static ConnectionPool open(DatabaseConfig config, Dialect dialect, CredentialsSource credentials) {
		return open(config, dialect, credentials, new LazyDialect(dialect), Kind.RECORDING);
	}

	private static ConnectionPool open(DatabaseConfig config, Dialect dialect, CredentialsSource credentials,
			LazyDialect known, Kind kind) {
		return new ConnectionPool(config.alias(), config,
				new HikariTarget(HikariFactory.start(config, dialect, credentials, kind)), known);
	}

	/**
	 * Starts a HikariCP pool, whose name is the alias, with the dialect that its type or
	 * URL tells.
	 * @param config the configuration
	 * @param dialects the dialects there are
	 * @param credentials asked for every new physical connection
	 * @return the pool
	 * @throws InvalidDatabaseConfigException if a setting is unknown or wrong
	 * @throws PoolStartException if the driver is missing, or if the database cannot be
	 * reached and the configuration wants the start to fail then
	 */
	public static ConnectionPool open(DatabaseConfig config, Dialects dialects, CredentialsSource credentials) {
		return open(config, dialects, credentials, Kind.RECORDING);
	}

	/**
	 * Starts a HikariCP pool likewise, for an application that does not want its
	 * connections recorded, and uses {@link ConnectionPool#target()}.
	 * @param config the configuration
	 * @param dialects the dialects there are
	 * @param credentials asked for every new physical connection
	 * @return the pool
	 * @throws InvalidDatabaseConfigException if a setting is unknown or wrong
	 * @throws PoolStartException if the driver is missing, or if the database cannot be
	 * reached and the configuration wants the start to fail then
	 */
	public static ConnectionPool openPlain(DatabaseConfig config, Dialects dialects, CredentialsSource credentials) {
		return open(config, dialects, credentials, Kind.PLAIN);
	}

	private static ConnectionPool open(DatabaseConfig config, Dialects dialects, CredentialsSource credentials,
			Kind kind) {
		Dialect dialect = ConfiguredDialect.of(config, dialects);
		return open(config, dialect, credentials,
				(config.type() != null) ? new LazyDialect(dialect) : new LazyDialect(dialect, dialects), kind);
	}

	/**
	 * Starts the HikariCP pool of a replica, whose alias is that of its primary with
	 * {@code -replica-} and a number. It has the settings of the primary, need not be
	 * reached when it is opened, and hands out connections that are read-only.
	 * @param primary the configuration of the primary
	 * @param number which replica it is, from 1
	 * @param location its host, as {@code host} or {@code host:port}, or its JDBC URL
	 * @param dialects the dialects there are
	 * @param credentials asked for every new physical connection
	 * @return the pool
	 * @throws InvalidDatabaseConfigException if replicas of this kind of database cannot
	 * be asked how far they are
	 */
	public static ConnectionPool openReplica(DatabaseConfig primary, int number, String location, Dialects dialects,
			CredentialsSource credentials) {
		Dialect dialect = ConfiguredDialect.of(primary, dialects);
		if (dialect.replication() == null) {
			throw new InvalidDatabaseConfigException(primary.alias(), "replicas", JdbcUrls.withoutSecrets(location),
					"a database of type '%s' has none that could be asked how far they are. Remove this property"
						.formatted(dialect.name()));
		}
		ConnectionPool pool = open(ReplicaConfig.of(primary, number, location, dialect), dialect, credentials);
		pool.serveReadsOnly();
		return pool;
	}

	/**
	 * Takes over a data source that exists already, without changing its settings. It
	 * stays what it was for everybody who uses it through
	 * {@link ConnectionPool#dataSource()}.
	 * @param alias the alias it gets
	 * @param existing the data source
	 * @param dialects the dialects there are. Asked late, and again on the first
	 * connection
	 * @return the pool
	 */
	public static ConnectionPool adopt(String alias, DataSource existing, Dialects dialects) {
		TargetPool target = TargetPool.of(existing);
		LazyDialect dialect = new LazyDialect(existing, dialects);
		target.waitForServer((failure) -> Connector.kind(failure, dialect.known()));
		return new ConnectionPool(alias, null, target, dialect);
	}

	/**
	 * Loads the classes of pools, which takes as long as to connect. Does not connect.
	 */
	public static void prepare() {
		// In vain, but for what it loads.
		new ConnectionPool("", null, new HikariTarget(new RecordingDataSource()), new LazyDialect(Dialects.generic()));
	}

}
