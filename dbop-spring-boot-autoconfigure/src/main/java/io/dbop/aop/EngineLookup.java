package io.dbop.aop;

import java.util.Collection;

import io.dbop.execution.DatabaseEngine;
import org.jspecify.annotations.Nullable;

/** Finds the engine of an alias. */
public interface EngineLookup {

	/**
	 * The engine of an alias.
	 * @param alias the alias
	 * @return the engine, or {@code null} if there is no such alias
	 */
	@Nullable DatabaseEngine find(String alias);

	/**
	 * The engine of the primary database.
	 * @return the engine, or {@code null} if no database is primary
	 */
	@Nullable DatabaseEngine primary();

	/**
	 * The engine of an alias, if its database was opened before: nothing is created.
	 * @param alias the alias
	 * @return the engine, or {@code null} if there is no such alias, or nobody has used
	 * it so far
	 */
	@Nullable DatabaseEngine findOpened(String alias);

	/**
	 * The alias of the primary database. Creates nothing.
	 * @return the alias, or {@code null} if no database is primary
	 */
	@Nullable String primaryAlias();

	/**
	 * Whether a database was created while the application runs, rather than defined by
	 * it.
	 * @param alias the alias
	 * @return whether it can be removed again
	 */
	boolean created(String alias);

	/**
	 * All aliases. Creates nothing.
	 * @return the aliases
	 */
	Collection<String> aliases();

}
