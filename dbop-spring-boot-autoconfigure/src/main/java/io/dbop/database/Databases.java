package io.dbop.database;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * All databases of the application, by alias. Thread-safe.
 */
public interface Databases {

	/**
	 * Makes known the databases of an application.
	 * @param databases their handles
	 * @param primary the alias of the primary one, {@code null} if there is none
	 * @return all of them
	 */
	static Databases of(Collection<Database> databases, @Nullable String primary) {
		return new KnownDatabases(databases, primary);
	}

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
	 * All databases, the primary one first.
	 * @return their handles
	 */
	Collection<Database> all();

}
