package io.dbop.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link DatabaseConfig}. What is not set keeps the default named there; the
 * methods are named as its components. Not thread-safe.
 */
public final class DatabaseConfigBuilder {

	private final String alias;

	private @Nullable String type;

	private @Nullable String url;

	private String host = "localhost";

	private @Nullable Integer port;

	private List<String> hosts = List.of();

	private @Nullable String database;

	private @Nullable String username;

	private @Nullable String password;

	private @Nullable String env;

	private @Nullable String driverClassName;

	private Duration connectionAcquisitionTimeout = Duration.ofSeconds(10);

	private Duration poolCreationTimeout = Duration.ofSeconds(30);

	private Duration queryExecutionTimeout = Duration.ofSeconds(60);

	private @Nullable Duration lockTimeout;

	private Duration connectionCreationTimeout = Duration.ofSeconds(15);

	private @Nullable Integer poolMin;

	private @Nullable Integer poolMax;

	private Map<String, String> hikari = Map.of();

	private StartupMode startup = StartupMode.FAIL;

	DatabaseConfigBuilder(String alias) {
		this.alias = alias;
	}

	/**
	 * Sets the name of the dialect.
	 * @param type the value
	 * @return this
	 */
	public DatabaseConfigBuilder type(@Nullable String type) {
		this.type = type;
		return this;
	}

	/**
	 * Sets the JDBC URL.
	 * @param url the value
	 * @return this
	 */
	public DatabaseConfigBuilder url(@Nullable String url) {
		this.url = url;
		return this;
	}

	/**
	 * Sets the host, {@code localhost} by default.
	 * @param host the value
	 * @return this
	 */
	public DatabaseConfigBuilder host(String host) {
		this.host = host;
		return this;
	}

	/**
	 * Sets the port.
	 * @param port the value
	 * @return this
	 */
	public DatabaseConfigBuilder port(@Nullable Integer port) {
		this.port = port;
		return this;
	}

	/**
	 * Sets several hosts, {@code host} or {@code host:port}.
	 * @param hosts the value
	 * @return this
	 */
	public DatabaseConfigBuilder hosts(List<String> hosts) {
		this.hosts = hosts;
		return this;
	}

	/**
	 * Sets the name or file of the database.
	 * @param database the value
	 * @return this
	 */
	public DatabaseConfigBuilder database(@Nullable String database) {
		this.database = database;
		return this;
	}

	/**
	 * Sets the user.
	 * @param username the value
	 * @return this
	 */
	public DatabaseConfigBuilder username(@Nullable String username) {
		this.username = username;
		return this;
	}

	/**
	 * Sets the password.
	 * @param password the value
	 * @return this
	 */
	public DatabaseConfigBuilder password(@Nullable String password) {
		this.password = password;
		return this;
	}

	/**
	 * Sets prod, dev, test or staging.
	 * @param env the value
	 * @return this
	 */
	public DatabaseConfigBuilder env(@Nullable String env) {
		this.env = env;
		return this;
	}

	/**
	 * Sets the driver.
	 * @param driverClassName the value
	 * @return this
	 */
	public DatabaseConfigBuilder driverClassName(@Nullable String driverClassName) {
		this.driverClassName = driverClassName;
		return this;
	}

	/**
	 * Sets how long callers wait for a connection, 10 s by default.
	 * @param connectionAcquisitionTimeout the value
	 * @return this
	 */
	public DatabaseConfigBuilder connectionAcquisitionTimeout(Duration connectionAcquisitionTimeout) {
		this.connectionAcquisitionTimeout = connectionAcquisitionTimeout;
		return this;
	}

	/**
	 * Sets how long the start waits for the database, 30 s by default.
	 * @param poolCreationTimeout the value
	 * @return this
	 */
	public DatabaseConfigBuilder poolCreationTimeout(Duration poolCreationTimeout) {
		this.poolCreationTimeout = poolCreationTimeout;
		return this;
	}

	/**
	 * Sets how long a statement may run, 60 s by default.
	 * @param queryExecutionTimeout the value
	 * @return this
	 */
	public DatabaseConfigBuilder queryExecutionTimeout(Duration queryExecutionTimeout) {
		this.queryExecutionTimeout = queryExecutionTimeout;
		return this;
	}

	/**
	 * Sets how long a statement may wait for each lock, by default what is usual on the
	 * database.
	 * @param timeout the value
	 * @return this
	 */
	public DatabaseConfigBuilder lockTimeout(@Nullable Duration timeout) {
		this.lockTimeout = timeout;
		return this;
	}

	/**
	 * Sets how long opening a connection may take, 15 s by default.
	 * @param connectionCreationTimeout the value
	 * @return this
	 */
	public DatabaseConfigBuilder connectionCreationTimeout(Duration connectionCreationTimeout) {
		this.connectionCreationTimeout = connectionCreationTimeout;
		return this;
	}

	/**
	 * Sets the idle connections to keep.
	 * @param poolMin the value
	 * @return this
	 */
	public DatabaseConfigBuilder poolMin(@Nullable Integer poolMin) {
		this.poolMin = poolMin;
		return this;
	}

	/**
	 * Sets the most connections.
	 * @param poolMax the value
	 * @return this
	 */
	public DatabaseConfigBuilder poolMax(@Nullable Integer poolMax) {
		this.poolMax = poolMax;
		return this;
	}

	/**
	 * Sets settings of HikariCP by name.
	 * @param hikari the value
	 * @return this
	 */
	public DatabaseConfigBuilder hikari(Map<String, String> hikari) {
		this.hikari = hikari;
		return this;
	}

	/**
	 * Sets what to do when the database cannot be reached, {@link StartupMode#FAIL} by
	 * default.
	 * @param startup the value
	 * @return this
	 */
	public DatabaseConfigBuilder startup(StartupMode startup) {
		this.startup = startup;
		return this;
	}

	/**
	 * Checks what was set.
	 * @return the configuration
	 * @throws InvalidDatabaseConfigException if a value cannot work
	 */
	public DatabaseConfig build() {
		return new DatabaseConfig(this.alias, this.type, this.url, this.host, this.port, this.hosts, this.database,
				this.username, this.password, this.env, this.driverClassName, this.connectionAcquisitionTimeout,
				this.poolCreationTimeout, this.queryExecutionTimeout, this.lockTimeout, this.connectionCreationTimeout,
				this.poolMin, this.poolMax, this.hikari, this.startup);
	}

}
