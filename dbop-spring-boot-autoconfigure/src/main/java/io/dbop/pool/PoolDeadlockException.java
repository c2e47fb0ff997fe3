package io.dbop.pool;

import java.sql.SQLTransientConnectionException;

/**
 * Everyone who holds a connection of the pool waits for a second one, so that none can
 * ever come back: a longer timeout would not have helped. Nothing was sent. The message
 * names the holders.
 */
public final class PoolDeadlockException extends SQLTransientConnectionException {

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
