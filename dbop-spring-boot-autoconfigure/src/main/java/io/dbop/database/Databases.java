package io.dbop.database;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;

/**
 * All databases of the application, by alias: those that it has from its start, and those
 * that it creates and removes while it runs, such as one per tenant. Thread-safe.
 */
public interface Databases {

	/**
	 * How long running work may go on when a database is removed, unless said otherwise.
	 */
	Duration GRACE = Duration.ofSeconds(30);

	/**
	 * The database of an alias.
	 * @param alias the alias
	 * @return its handle
	 * @throws UnknownDatabaseException if there is none; the message lists those there
	 * are
	 */
	Database get(String alias);

	/**
	 * The primary database.
	 * @return its handle
	 * @throws UnknownDatabaseException if none is primary
	 */
	Database primary();

	/**
	 * All databases, the primary one first, created ones last.
	 * @return their handles
	 */
	Collection<Database> all();

	/**
	 * Creates a database with user and password of its configuration.
	 * @param config the configuration
	 * @return its handle
	 * @see #create(DatabaseConfig, CredentialsSource)
	 */
	default Database create(DatabaseConfig config) {
		Objects.requireNonNull(config, "'config' is null: a value is expected");
		return create(config, CredentialsSource.of(config.username(), config.password()));
	}

	/**
	 * Creates a database: its pool is opened, and it is known from then on. It has
	 * everything that a configured one has but beans: pool, transaction manager, retries
	 * and circuit breaker as {@code dbop.databases.<alias>} says (the defaults if there
	 * is no such entry), meters, health. Annotations cannot name it, since they are
	 * resolved when the application starts. When that stops it is closed like the others.
	 * <p>
	 * Of two who create the same alias at the same time one gets the database, the other
	 * the exception. If anything fails nothing is left behind.
	 * @param config the configuration
	 * @param credentials asked for every new physical connection
	 * @return its handle
	 * @throws DuplicateDatabaseException if the alias is taken, or its database is just
	 * being created or removed
	 * @throws io.dbop.pool.InvalidDatabaseConfigException if a setting cannot work
	 * @throws io.dbop.pool.PoolStartException if the pool cannot be opened
	 */
	Database create(DatabaseConfig config, CredentialsSource credentials);

	/**
	 * Removes a database that was created, with 30 seconds for running work.
	 * @param alias the alias
	 * @return whether there was one
	 * @see #remove(String, Duration)
	 */
	default boolean remove(String alias) {
		return remove(alias, GRACE);
	}

	/**
	 * Removes a database that was created: it is unknown at once and takes no new work;
	 * running work may end; what has not ended by then is rolled back, never committed;
	 * then pool, meters and circuit breakers are gone, and the alias is free again. Who
	 * goes on using its handle gets a {@link io.dbop.pool.PoolClosedException}. Waits as
	 * long as running work takes, the grace at the most: do not call it while you hold a
	 * connection of that database.
	 * @param alias the alias
	 * @param grace how long running work may go on
	 * @return whether it was there; {@code false} too if another is creating or removing
	 * it just now
	 * @throws IllegalArgumentException if it was not created, but is defined by the
	 * application, whose beans hold it; or if the grace is negative
	 */
	boolean remove(String alias, Duration grace);

}
