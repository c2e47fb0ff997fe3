package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.dbop.autoconfigure.DatabaseProperties.CircuitBreakerProperties;
import io.dbop.autoconfigure.DatabaseProperties.Mode;
import io.dbop.autoconfigure.DatabaseProperties.ReplicaProperties;
import io.dbop.autoconfigure.DatabaseProperties.RetryBudgetProperties;
import io.dbop.autoconfigure.DatabaseProperties.RetryProperties;
import io.dbop.autoconfigure.DbopProperties.AdviceProperties;
import io.dbop.autoconfigure.DbopProperties.LeakDetectionProperties;
import io.dbop.autoconfigure.DbopProperties.SlowQueryProperties;
import io.dbop.autoconfigure.DbopProperties.WriterProperties;
import io.dbop.circuit.BreakerSettings;
import io.dbop.disclosure.Disclosure;
import io.dbop.disclosure.SlowQuerySettings;
import io.dbop.entity.EntitySettings;
import io.dbop.entity.WriterSettings;
import io.dbop.execution.RetryBudget;
import io.dbop.execution.RetrySettings;
import io.dbop.pool.DatabaseConfig;
import io.dbop.pool.DatabaseConfigBuilder;
import io.dbop.pool.LeakDetection;
import io.dbop.replica.ReplicaSettings;
import io.dbop.scaling.AdvisorSettings;
import org.jspecify.annotations.Nullable;

/**
 * Turns properties into what the packages that use them want.
 */
final class ConfigMapping {

	private static final Duration LONGEST = Duration.ofDays(365);

	private ConfigMapping() {
	}

	/**
	 * The configuration of a pool, still to be completed by what other sources know.
	 */
	static DatabaseConfigBuilder database(String alias, DatabaseProperties properties) {
		DatabaseConfigBuilder builder = DatabaseConfig.builder(alias);
		if (properties.host() != null) {
			builder.host(properties.host());
		}
		return builder.type(properties.type())
			.url(properties.url())
			.port(properties.port())
			.hosts(properties.hosts())
			.database(properties.database())
			.username(properties.username())
			.password(properties.password())
			.env(properties.env())
			.driverClassName(properties.driverClassName())
			.connectionAcquisitionTimeout(properties.connectionAcquisitionTimeout())
			.poolCreationTimeout(properties.poolCreationTimeout())
			.queryExecutionTimeout(properties.queryExecutionTimeout())
			.lockTimeout(properties.lockTimeout())
			.connectionCreationTimeout(properties.connectionCreationTimeout())
			.poolMin(properties.pool().min())
			.poolMax(properties.pool().max())
			.hikari(properties.hikari())
			.startup(properties.startup());
	}

	/**
	 * Which replicas of an alias may answer.
	 */
	static ReplicaSettings replicas(DatabaseProperties properties) {
		ReplicaProperties replica = properties.replica();
		return new ReplicaSettings(replica.maxLag(), Objects.requireNonNullElse(replica.stickiness(), replica.maxLag()),
				replica.checkInterval(), replica.without());
	}

	/**
	 * The retry settings of an alias.
	 */
	static RetrySettings retry(DatabaseProperties properties) {
		RetryProperties retry = properties.retry();
		RetrySettings settings = new RetrySettings(retry.maxRetries(), retry.initialDelay(), retry.multiplier(),
				retry.maxDelay(), retry.jitter(), retry.totalTimeout(), retry.attemptTimeout(),
				retry.maxDelayInTransaction(), budget(retry.budget()));
		return (properties.mode() == Mode.OBSERVE) ? settings.withoutRetry() : settings;
	}

	private static RetryBudget.@Nullable Settings budget(RetryBudgetProperties budget) {
		return budget.enabled() ? new RetryBudget.Settings(budget.share(), budget.burst()) : null;
	}

	/**
	 * The settings of the alias's circuit breaker.
	 * @return the settings, or {@code null} if it is to have none
	 */
	static @Nullable BreakerSettings breaker(String alias, DatabaseProperties properties) {
		CircuitBreakerProperties breaker = properties.circuitBreaker();
		if (!breaker.enabled()) {
			return null;
		}
		return inRange(aliasPrefix(alias),
				() -> new BreakerSettings(breaker.failureThreshold(), breaker.windowSize(), breaker.recoveryTimeout(),
						breaker.halfOpenMaxCalls(), breaker.recovery(), BreakerSettings.defaults().probeInterval()));
	}

	/**
	 * When a connection is taken for forgotten.
	 */
	static LeakDetection leakDetection(LeakDetectionProperties leaks) {
		requirePositive("threshold", leaks.threshold());
		requirePositive("period", leaks.period());
		return new LeakDetection(leaks.enabled(), leaks.threshold(), leaks.period());
	}

	private static void requirePositive(String name, Duration value) {
		if (value.toMillis() <= 0) {
			throw new InvalidPropertyException(DbopProperties.PREFIX + ".leak-detection." + name,
					value.toMillis() + "ms",
					"it must be at least 1ms. To switch leak detection off set 'enabled' to false.");
		}
	}

	/**
	 * How databases are watched.
	 * @throws InvalidPropertyException if a value cannot work
	 */
	static AdvisorSettings advice(AdviceProperties advice) {
		try {
			return new AdvisorSettings(advice.interval(), advice.askServer());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(DbopProperties.PREFIX + ".advice.interval",
					advice.interval().toMillis() + "ms", "it must be between 100ms and 1m.");
		}
	}

	/**
	 * When a statement or a method is slow.
	 * @throws InvalidPropertyException if a value cannot work
	 */
	static SlowQuerySettings slowQuery(SlowQueryProperties properties) {
		Duration threshold = properties.threshold();
		if (threshold.isNegative() || threshold.compareTo(LONGEST) > 0) {
			throw new InvalidPropertyException(SlowQueryProperties.PREFIX + "threshold", threshold,
					"it must be between 0 (no log) and %s.".formatted(LONGEST));
		}
		for (String each : properties.sensitiveNames()) {
			if (!Disclosure.isName(each)) {
				throw new InvalidPropertyException(SlowQueryProperties.PREFIX + "sensitive-names", each,
						"each of them must have a letter or digit.");
			}
		}
		return new SlowQuerySettings(threshold, new Disclosure(properties.parameters(), properties.sensitiveNames()));
	}

	/** What may be done to the tables of the entities of an alias. */
	static EntitySettings entities(DbopProperties properties, String alias) {
		DbopProperties.EntityProperties all = properties.entity();
		DatabaseProperties.EntityProperties own = properties.database(alias).entity();
		return new EntitySettings(Objects.requireNonNullElse(own.mode(), all.mode()), own.modes(),
				Objects.requireNonNullElse(own.onTypeConflict(), all.onTypeConflict()),
				Objects.requireNonNullElse(own.maxFields(), all.maxFields()),
				Objects.requireNonNullElse(own.schemaLockTimeout(), all.schemaLockTimeout()),
				writer(alias, own.writer(), writer(all.writer())));
	}

	/**
	 * How the writers of an alias bring single saves together.
	 * @param all what is so where the alias says nothing else
	 * @throws InvalidPropertyException if a value cannot work
	 */
	static WriterSettings writer(String alias, DatabaseProperties.WriterProperties own, WriterSettings all) {
		return inRange(aliasPrefix(alias) + "entity.writer.",
				() -> new WriterSettings(Objects.requireNonNullElse(own.threads(), all.threads()),
						Objects.requireNonNullElse(own.maxRows(), all.maxRows()),
						Objects.requireNonNullElse(own.maxDelay(), all.maxDelay()),
						Objects.requireNonNullElse(own.capacity(), all.capacity()),
						Objects.requireNonNullElse(own.maxWait(), all.maxWait())));
	}

	/**
	 * How writers bring single saves together where an alias says nothing else.
	 * @throws InvalidPropertyException if a value cannot work
	 */
	static WriterSettings writer(WriterProperties all) {
		return inRange(DbopProperties.EntityProperties.PREFIX + "writer.",
				() -> new WriterSettings(all.threads(), all.maxRows(), all.maxDelay(), all.capacity(), all.maxWait()));
	}

	private static <T> T inRange(String prefix, Supplier<T> settings) {
		try {
			return settings.get();
		}
		catch (IllegalArgumentException ex) {
			throw outOfRange(prefix, String.valueOf(ex.getMessage()));
		}
	}

	/** The message reads {@code <property> is <value>: <what is allowed>}. */
	private static InvalidPropertyException outOfRange(String prefix, String message) {
		int is = message.indexOf(" is ");
		int colon = message.indexOf(": ", is);
		return new InvalidPropertyException(prefix + message.substring(0, is), message.substring(is + 4, colon),
				message.substring(colon + 2) + ".");
	}

	private static String aliasPrefix(String alias) {
		return DbopProperties.DATABASES + "." + alias + ".";
	}

}
