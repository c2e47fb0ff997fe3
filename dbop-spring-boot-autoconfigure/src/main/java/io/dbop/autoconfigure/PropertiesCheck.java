package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.dbop.autoconfigure.DatabaseProperties.EntityProperties;
import io.dbop.autoconfigure.DatabaseProperties.PoolProperties;
import io.dbop.autoconfigure.DatabaseProperties.ReplicaProperties;
import io.dbop.autoconfigure.DatabaseProperties.RetryBudgetProperties;
import io.dbop.autoconfigure.DatabaseProperties.RetryProperties;
import io.dbop.entity.WriterSettings;
import io.dbop.pool.DatabaseConfigBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values that cannot work, so that the start fails with the name of the property
 * rather than something later with something else.
 */
final class PropertiesCheck {

	/** So many looks at replicas within their allowed lag are remembered. */
	private static final int LOOKS = 900;

	private static final String POSITIVE = "it must be at least 1ms.";

	private static final int MOST_ENTITIES = 1_000_000_000;

	private final String prefix;

	private final DatabaseProperties properties;

	private PropertiesCheck(String prefix, DatabaseProperties properties) {
		this.prefix = prefix;
		this.properties = properties;
	}

	/**
	 * Checks the settings of an alias.
	 * @param detailed whether there are connection details that tell its location
	 * @throws InvalidPropertyException if one cannot work
	 */
	static void check(String alias, DatabaseProperties properties, boolean detailed) {
		PropertiesCheck check = new PropertiesCheck(DbopProperties.DATABASES + "." + alias + ".", properties);
		check.location(detailed);
		check.retry(properties.retry());
		check.pool(properties.pool());
		check.replicas(properties.replicas(), properties.replica());
		EntityProperties entity = properties.entity();
		check.entity("entity.", entity.maxFields(), entity.schemaLockTimeout());
		ConfigMapping.writer(alias, entity.writer(), WriterSettings.defaults());
		ConfigMapping.breaker(alias, properties);
		if (properties.located() || detailed) {
			DatabaseConfigBuilder config = ConfigMapping.database(alias, properties);
			(detailed ? config.url("jdbc:") : config).build();
		}
		else {
			check.settingsOnly();
		}
	}

	/**
	 * Checks what is set for the entities of all databases.
	 * @throws InvalidPropertyException if it cannot work
	 */
	static void check(DbopProperties.EntityProperties entity) {
		PropertiesCheck check = new PropertiesCheck(DbopProperties.EntityProperties.PREFIX, DbopProperties.DEFAULTS);
		check.entity("", entity.maxFields(), entity.schemaLockTimeout());
		ConfigMapping.writer(entity.writer());
		check.positive("cache.max-age", entity.cache().maxAge());
		int maxEntities = entity.cache().maxEntities();
		check.require(maxEntities > 0 && maxEntities <= MOST_ENTITIES, "cache.max-entities", maxEntities,
				"it must be between 1 and %d.".formatted(MOST_ENTITIES));
	}

	private void entity(String prefix, @Nullable Integer maxFields, @Nullable Duration schemaLockTimeout) {
		require(maxFields == null || maxFields > 0, prefix + "max-fields", maxFields, "it must be at least 1.");
		positive(prefix + "schema-lock-timeout", schemaLockTimeout);
	}

	/** What is set on a pool that exists already would have no effect. */
	private void settingsOnly() {
		DatabaseProperties defaults = DbopProperties.DEFAULTS;
		refuseWithoutLocation("username", this.properties.username(), null);
		refuseWithoutLocation("password", this.properties.password(), null);
		refuseWithoutLocation("driver-class-name", this.properties.driverClassName(), null);
		refuseWithoutLocation("hikari", this.properties.hikari(), defaults.hikari());
		refuseWithoutLocation("pool", this.properties.pool(), defaults.pool());
		refuseWithoutLocation("replicas", this.properties.replicas(), defaults.replicas());
		refuseWithoutLocation("replica", this.properties.replica(), defaults.replica());
		refuseWithoutLocation("startup", this.properties.startup(), defaults.startup());
		refuseWithoutLocation("connection-acquisition-timeout", this.properties.connectionAcquisitionTimeout(),
				defaults.connectionAcquisitionTimeout());
		refuseWithoutLocation("pool-creation-timeout", this.properties.poolCreationTimeout(),
				defaults.poolCreationTimeout());
		refuseWithoutLocation("query-execution-timeout", this.properties.queryExecutionTimeout(),
				defaults.queryExecutionTimeout());
		refuseWithoutLocation("lock-timeout", this.properties.lockTimeout(), null);
		refuseWithoutLocation("connection-creation-timeout", this.properties.connectionCreationTimeout(),
				defaults.connectionCreationTimeout());
	}

	private void refuseWithoutLocation(String property, @Nullable Object value, @Nullable Object standard) {
		require(Objects.equals(value, standard), property, null,
				"it is for a database that is configured here, and this entry has neither 'url' nor 'type'. Add one of "
						+ "them, or set this where the existing DataSource is configured.");
	}

	private void location(boolean detailed) {
		require(!this.properties.atRunTime() || !(this.properties.located() || detailed), "at-run-time", true,
				"it is for a database that the application creates later, and this entry tells where one is. Remove one"
						+ " of the two.");
		require(!this.properties.atRunTime() || !this.properties.primary(), "primary", true,
				"a database that the application creates later ('at-run-time') cannot be the primary one.");
		if (this.properties.url() != null) {
			refuseBesideUrl("host", this.properties.host());
			refuseBesideUrl("port", this.properties.port());
			refuseBesideUrl("hosts", this.properties.hosts().isEmpty() ? null : this.properties.hosts());
			refuseBesideUrl("database", this.properties.database());
		}
		else {
			require(this.properties.host() == null || this.properties.hosts().isEmpty(), "hosts",
					this.properties.hosts(), "set either 'host' or 'hosts', not both.");
			require(detailed || !this.properties.located() || this.properties.type() != null, "type", null,
					"it is missing. Set it to the kind of database, such as 'postgresql', or set 'url'.");
		}
	}

	private void refuseBesideUrl(String property, @Nullable Object value) {
		require(value == null, property, value,
				"it is part of '%surl', which is set too. Remove one of them.".formatted(this.prefix));
	}

	private void retry(RetryProperties retry) {
		require(retry.maxRetries() >= 0, "retry.max-retries", retry.maxRetries(),
				"it must be 0 (no retry) or more; total attempts are one more.");
		require(retry.multiplier() >= 1 && Double.isFinite(retry.multiplier()), "retry.multiplier", retry.multiplier(),
				"it must be at least 1.");
		require(retry.jitter() >= 0 && retry.jitter() <= 1, "retry.jitter", retry.jitter(),
				"it must be between 0 and 1.");
		require(!retry.initialDelay().isNegative(), "retry.initial-delay", shown(retry.initialDelay()),
				"it must not be negative.");
		require(retry.maxDelay().compareTo(retry.initialDelay()) >= 0, "retry.max-delay", shown(retry.maxDelay()),
				"it must not be less than 'initial-delay' (%s).".formatted(shown(retry.initialDelay())));
		positive("retry.total-timeout", retry.totalTimeout());
		positive("retry.attempt-timeout", retry.attemptTimeout());
		require(!retry.maxDelayInTransaction().isNegative(), "retry.max-delay-in-transaction",
				shown(retry.maxDelayInTransaction()), "it must not be negative.");
		RetryBudgetProperties budget = retry.budget();
		require(budget.share() >= 0 && budget.share() <= 1, "retry.budget.share", budget.share(),
				"it must be between 0 and 1.");
		require(budget.burst() >= 0, "retry.budget.burst", budget.burst(), "it must not be negative.");
	}

	private void pool(PoolProperties pool) {
		require(pool.max() == null || pool.max() > 0, "pool.max", pool.max(), "it must be at least 1.");
		require(pool.min() == null || pool.min() >= 0, "pool.min", pool.min(), "it must not be negative.");
		require(pool.min() == null || pool.max() == null || pool.min() <= pool.max(), "pool.min", pool.min(),
				"it must not be more than 'pool.max' (%s).".formatted(pool.max()));
	}

	private void replicas(List<String> replicas, ReplicaProperties replica) {
		require(replicas.stream().noneMatch(String::isBlank), "replicas", null,
				"each must be 'host', 'host:port' or a JDBC URL.");
		positive("replica.max-lag", replica.maxLag());
		long maxLag = replica.maxLag().toMillis();
		long interval = replica.checkInterval().toMillis();
		require(interval > 0 && interval <= maxLag / 2 && interval >= maxLag / LOOKS, "replica.check-interval",
				shown(replica.checkInterval()),
				"it must be at most half of 'replica.max-lag' (%s), and at least 1ms and %s."
					.formatted(shown(replica.maxLag()), shown(replica.maxLag().dividedBy(LOOKS))));
		if (replica.stickiness() != null) {
			notNegative("replica.stickiness", replica.stickiness());
		}
	}

	private void notNegative(String property, Duration duration) {
		require(!duration.isNegative(), property, shown(duration), "it must not be negative.");
	}

	private void positive(String property, @Nullable Duration duration) {
		require(duration == null || duration.toMillis() > 0, property, shown(duration), POSITIVE);
	}

	private void require(boolean fine, String property, @Nullable Object value, String allowed) {
		if (!fine) {
			throw new InvalidPropertyException(this.prefix + property, value, allowed);
		}
	}

	private static @Nullable String shown(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() + "ms" : null;
	}

}
