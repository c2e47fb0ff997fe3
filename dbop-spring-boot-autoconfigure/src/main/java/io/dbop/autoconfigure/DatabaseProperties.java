package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.dbop.circuit.BreakerSettings;
import io.dbop.entity.EntityMode;
import io.dbop.entity.TypeConflict;
import io.dbop.pool.StartupMode;
import io.dbop.replica.ReplicaSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of one database, under {@code dbop.databases.<alias>}. Immutable.
 *
 * @param type the kind of database: postgresql, mysql, mariadb, sqlite, h2, or that of a
 * Dialect bean. Found by the URL where there is one.
 * @param url the JDBC URL, in place of host, hosts, port and database.
 * @param host the host the database runs on, localhost if a type is given and nothing
 * else.
 * @param port the port the database listens on, by default the usual one of its type.
 * @param hosts several hosts to fail over between, as host or host:port, in place of
 * host.
 * @param replicas the replicas that answer what is declared read-only, as host, host:port
 * or JDBC URL.
 * @param replica which of the replicas may answer.
 * @param database the name of the database, or the file of an SQLite one (by default
 * {@code <alias>.db}).
 * @param username the user to connect as.
 * @param password the user's password.
 * @param env the environment: prod, dev, test or staging. Shown, and without effect.
 * @param driverClassName the class of the JDBC driver, by default the one of the type.
 * @param connectionAcquisitionTimeout how long a caller waits for a free connection.
 * @param poolCreationTimeout how long the start waits for the database, with startup
 * wait.
 * @param queryExecutionTimeout how long a statement may run, read or write, before it is
 * cancelled.
 * @param lockTimeout how long a statement may wait for each lock, by default what is
 * usual on the database.
 * @param connectionCreationTimeout how long opening a connection to the server may take.
 * @param startup what happens at the start if the database cannot be reached: fail, wait
 * for it, or go on and connect lazily.
 * @param atRunTime whether the database is created while the application runs, and this
 * entry holds settings for it.
 * @param primary whether this is the database that is used wherever none is named.
 * @param mode enabled, or observe to classify and meter failures without retrying.
 * @param pool the size of the connection pool.
 * @param hikari further settings of HikariCP by their names, such as max-lifetime.
 * @param retry how failed operations are repeated.
 * @param circuitBreaker when operations are refused because the database is down.
 * @param entity what may be done to the tables of entities.
 */
@ConfigurationPropertiesSource
record DatabaseProperties(@Nullable String type, @Nullable String url, @Nullable String host, @Nullable Integer port,
		@DefaultValue List<String> hosts, @DefaultValue List<String> replicas, @DefaultValue ReplicaProperties replica,
		@Nullable String database, @Nullable String username, @Nullable String password, @Nullable String env,
		@Nullable String driverClassName, @DefaultValue("10s") Duration connectionAcquisitionTimeout,
		@DefaultValue("30s") Duration poolCreationTimeout, @DefaultValue("60s") Duration queryExecutionTimeout,
		@Nullable Duration lockTimeout, @DefaultValue("15s") Duration connectionCreationTimeout,
		@DefaultValue("fail") StartupMode startup, @DefaultValue("false") boolean atRunTime,
		@DefaultValue("false") boolean primary, @DefaultValue("enabled") Mode mode, @DefaultValue PoolProperties pool,
		@DefaultValue Map<String, String> hikari, @DefaultValue RetryProperties retry,
		@DefaultValue CircuitBreakerProperties circuitBreaker, @DefaultValue EntityProperties entity) {

	/**
	 * Whether the entry tells where a database is, rather than settings for an existing
	 * DataSource.
	 */
	boolean located() {
		return this.type != null || this.url != null || this.host != null || this.port != null || !this.hosts.isEmpty()
				|| this.database != null;
	}

	/** Without user, password, URL and settings that may hold a secret. */
	@Override
	public String toString() {
		return "DatabaseProperties[type=" + this.type + ", host=" + this.host + ", port=" + this.port + ", hosts="
				+ this.hosts + ", database=" + this.database + ", startup=" + this.startup + ", mode=" + this.mode
				+ ", retry=" + this.retry + ", circuitBreaker=" + this.circuitBreaker + "]";
	}

	/**
	 * What is done with failed operations.
	 */
	enum Mode {

		/** They are retried where that is safe. */
		ENABLED,

		/** They are classified and metered, and not retried. */
		OBSERVE

	}

	/**
	 * Which of the replicas may answer.
	 *
	 * @param maxLag how far a replica may lag behind the primary.
	 * @param stickiness how long after a write its thread reads from the primary, unless
	 * a replica has caught up with that write before. By default as long as max-lag.
	 * @param checkInterval the time between two looks at the replicas.
	 * @param without what becomes of reads when no replica may answer: primary, or fail.
	 */
	record ReplicaProperties(@DefaultValue("10s") Duration maxLag, @Nullable Duration stickiness,
			@DefaultValue("1s") Duration checkInterval, @DefaultValue("primary") ReplicaSettings.Without without) {
	}

	/**
	 * The size of the connection pool.
	 *
	 * @param min the idle connections to keep, by default computed from the processors.
	 * @param max the most connections, by default computed from processors and memory.
	 */
	record PoolProperties(@Nullable Integer min, @Nullable Integer max) {
	}

	/**
	 * How failed operations are repeated, unless an annotation or a call says otherwise.
	 *
	 * @param maxRetries the number of attempts that may follow the first.
	 * @param initialDelay the wait before the second attempt.
	 * @param multiplier by what the wait is multiplied from one attempt to the next.
	 * @param maxDelay the longest wait, jitter included.
	 * @param jitter by what share a wait varies in either direction, 0 to 1.
	 * @param totalTimeout no attempt is begun later than this.
	 * @param attemptTimeout how long each attempt may take, by default without limit.
	 * @param maxDelayInTransaction the longest wait while the caller's transaction, and
	 * so a connection, is held.
	 * @param budget what the retries of all operations together are held to.
	 */
	record RetryProperties(@DefaultValue("3") int maxRetries, @DefaultValue("100ms") Duration initialDelay,
			@DefaultValue("2.0") double multiplier, @DefaultValue("10s") Duration maxDelay,
			@DefaultValue("0.2") double jitter, @DefaultValue("30s") Duration totalTimeout,
			@Nullable Duration attemptTimeout, @DefaultValue("250ms") Duration maxDelayInTransaction,
			@DefaultValue RetryBudgetProperties budget) {
	}

	/**
	 * What the retries of all operations together are held to, so that they do not
	 * multiply the load of a database that fails.
	 *
	 * @param enabled whether there is a limit.
	 * @param share how many retries each call pays for, 0 to 1.
	 * @param burst how many retries are there at the start, and can be saved up.
	 */
	record RetryBudgetProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0.2") double share,
			@DefaultValue("100") int burst) {
	}

	/**
	 * When operations are refused because the database is down.
	 *
	 * @param enabled whether the alias has a circuit breaker.
	 * @param failureThreshold how many failures within the window open it.
	 * @param windowSize the time in which failures are counted.
	 * @param recoveryTimeout how long it stays open before it lets calls through to
	 * probe.
	 * @param halfOpenMaxCalls how many such calls must succeed to close it.
	 * @param recovery probe to also connect in the background while it is open, and close
	 * early if that succeeds, or time to wait for the recovery timeout.
	 */
	record CircuitBreakerProperties(@DefaultValue("true") boolean enabled, @DefaultValue("5") int failureThreshold,
			@DefaultValue("60s") Duration windowSize, @DefaultValue("30s") Duration recoveryTimeout,
			@DefaultValue("3") int halfOpenMaxCalls, @DefaultValue("probe") BreakerSettings.Recovery recovery) {
	}

	/**
	 * What may be done to the tables of entities.
	 *
	 * @param mode what may be done: evolve, create, validate or none. By default as under
	 * dbop.entity, and so are the others.
	 * @param modes what may be done to the tables of some entities, by their names.
	 * @param onTypeConflict what is done when a field is given a value that its column
	 * cannot hold: refuse the save, or make a text of the column.
	 * @param maxFields the most fields that an entity may have.
	 * @param schemaLockTimeout how long a change to a table waits for others.
	 * @param writer how writers bring single saves together.
	 * @param cached the names of those entities that are read through a cache. All
	 * instances of the application have to say the same.
	 */
	record EntityProperties(@Nullable EntityMode mode, @DefaultValue Map<String, EntityMode> modes,
			@Nullable TypeConflict onTypeConflict, @Nullable Integer maxFields, @Nullable Duration schemaLockTimeout,
			@DefaultValue WriterProperties writer, @DefaultValue Set<String> cached) {
	}

	/**
	 * How writers bring single saves of entities together.
	 *
	 * @param threads how many groups of an entity may be on their way to the database at
	 * the same time, each on a connection. By default as under dbop.entity.writer, and so
	 * are the others.
	 * @param maxRows the most saves that are committed together.
	 * @param maxDelay how long a save waits for others while none is on its way to the
	 * database; 0 to wait for none.
	 * @param capacity how many saves may wait before their callers have to.
	 * @param maxWait how long a caller waits for room before the save fails.
	 */
	record WriterProperties(@Nullable Integer threads, @Nullable Integer maxRows, @Nullable Duration maxDelay,
			@Nullable Integer capacity, @Nullable Duration maxWait) {
	}

}
