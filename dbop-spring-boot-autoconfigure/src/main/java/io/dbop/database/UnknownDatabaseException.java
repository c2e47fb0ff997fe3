package io.dbop.database;

import java.util.Collection;

import io.dbop.DbopException;

/**
 * An alias was named that no database has.
 */
public final class UnknownDatabaseException extends DbopException {

	/**
	 * Creates the exception.
	 * @param alias the alias asked for
	 * @param known the aliases there are
	 */
	public UnknownDatabaseException(String alias, Collection<String> known) {
		super(alias,
				"There is no database '%s'. Known aliases: %s. Name it under 'dbop.databases.%s', create it, or correct the alias."
					.formatted(alias, known.isEmpty() ? "none" : String.join(", ", known), alias),
				null);
	}

}
