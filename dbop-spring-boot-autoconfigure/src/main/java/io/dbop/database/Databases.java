package io.dbop.database;

import java.util.Collection;

/**
 * All databases of the application, by alias. Thread-safe.
 */
public interface Databases {

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
