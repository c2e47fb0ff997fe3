package io.dbop.pool;

import java.sql.SQLNonTransientException;

/**
 * The pool takes no new work, since it is closed or the application shuts down. Nothing
 * was sent, and another attempt would not help. It says nothing of the database's health.
 */
public final class PoolClosedException extends SQLNonTransientException {

	private final String alias;

	PoolClosedException(String alias) {
		super(("The pool of database '%s' is closed, or closes as the application shuts down: no new work is taken."
				+ " Nothing was sent.")
			.formatted(alias));
		this.alias = alias;
	}

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String alias() {
		return this.alias;
	}

}
