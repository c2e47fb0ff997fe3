package io.dbop.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How to reach one database, and how many connections to keep to it. Immutable; wrong
 * values are refused when it is made, with an {@link InvalidDatabaseConfigException}.
 *
 * @param alias the name of the database within the application
 * @param type the name of its dialect, or {@code null} to tell it from the URL
 * @param url the JDBC URL, or {@code null} to build it from the parts
 * @param host the host
 * @param port the port, or {@code null} for the database's own
 * @param hosts several hosts, {@code host} or {@code host:port}, that take over from one
 * another, in place of {@code host}
 * @param database the name of the database, or the file of an embedded one
 * @param username the user, or {@code null}
 * @param password the password, or {@code null}
 * @param env where the application runs: prod, dev, test or staging, or {@code null}
 * @param driverClassName the driver, or {@code null} for the dialect's
 * @param connectionAcquisitionTimeout how long a caller waits for a connection
 * @param poolCreationTimeout how long {@link StartupMode#WAIT} waits for the database
 * @param queryExecutionTimeout how long a statement may run unless its call says
 * otherwise
 * @param lockTimeout how long a statement may wait for each lock, or {@code null} for
 * what is usual on the database
 * @param connectionCreationTimeout how long opening a physical connection may take
 * @param poolMin the idle connections to keep, or {@code null} to compute them
 * @param poolMax the most connections, or {@code null} to compute them
 * @param hikari settings of HikariCP by their names, which win over everything else
 * @param startup what to do when the database cannot be reached
 */
public record DatabaseConfig(String alias, @Nullable String type, @Nullable String url, String host,
		@Nullable Integer port, List<String> hosts, @Nullable String database, @Nullable String username,
		@Nullable String password, @Nullable String env, @Nullable String driverClassName,
		Duration connectionAcquisitionTimeout, Duration poolCreationTimeout, Duration queryExecutionTimeout,
		@Nullable Duration lockTimeout, Duration connectionCreationTimeout, @Nullable Integer poolMin,
		@Nullable Integer poolMax, Map<String, String> hikari, StartupMode startup) {

	/**
	 * Checks and copies what it is given.
	 */
	public DatabaseConfig {
		hosts = List.copyOf(hosts);
		hikari = Map.copyOf(hikari);
		ConfigCheck check = new ConfigCheck(alias);
		check.alias();
		check.port("port", port);
		check.hosts(hosts);
		check.env(env);
		check.url(url);
		check.described(url, type);
		check.positive("connection-acquisition-timeout", connectionAcquisitionTimeout);
		check.positive("pool-creation-timeout", poolCreationTimeout);
		check.positive("query-execution-timeout", queryExecutionTimeout);
		if (lockTimeout != null) {
			check.positive("lock-timeout", lockTimeout);
		}
		check.positive("connection-creation-timeout", connectionCreationTimeout);
		check.size(poolMin, poolMax);
	}

	/**
	 * Starts the configuration of a database.
	 * @param alias the name of the database within the application
	 * @return a builder with the defaults
	 */
	public static DatabaseConfigBuilder builder(String alias) {
		return new DatabaseConfigBuilder(alias);
	}

	/**
	 * Identifies the configuration apart from its name: the first 16 hexadecimal digits
	 * of a SHA-256 over everything but alias, env and password. The same in every JVM.
	 * @return the hash
	 */
	public String hash() {
		return ConfigHash.of(this);
	}

	@Override
	public String toString() {
		return "DatabaseConfig[alias=" + this.alias + ", type=" + this.type + ", url="
				+ ((this.url != null) ? JdbcUrls.withoutSecrets(this.url) : null) + ", host=" + this.host + ", port="
				+ this.port + ", hosts=" + this.hosts + ", database=" + this.database + ", username=" + this.username
				+ ", env=" + this.env + ", poolMin=" + this.poolMin + ", poolMax=" + this.poolMax + ", hikari="
				+ this.hikari.keySet() + ", startup=" + this.startup + "]";
	}

}
