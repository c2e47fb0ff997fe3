package io.dbop.pool;

import java.sql.SQLNonTransientException;

/**
 * Everyone who holds a connection of the pool waits for a second one, so that none can
 * ever come back: neither a longer timeout nor another attempt would help, since the code
 * takes more connections at once than there are. It says nothing of the database's
 * health. Nothing was sent. The message names the holders.
 */
public final class PoolDeadlockException extends SQLNonTransientException {

	private final String alias;

	PoolDeadlockException(String alias, String message) {
		super(message);
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
