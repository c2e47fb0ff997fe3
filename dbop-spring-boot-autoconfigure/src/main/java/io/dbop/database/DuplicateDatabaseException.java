package io.dbop.database;

import io.dbop.DbopException;

/**
 * A database was to be created under an alias that another one has. Nothing was opened.
 */
public final class DuplicateDatabaseException extends DbopException {

	/**
	 * Creates the exception.
	 * @param alias the alias asked for
	 * @param present the state of the one that has it, such as {@code is open}
	 */
	public DuplicateDatabaseException(String alias, String present) {
		super(alias, ("There is a database '%s' already: it %s. Nothing was opened. Use that one, remove it first, or"
				+ " choose another alias.")
			.formatted(alias, present), null);
	}

}
