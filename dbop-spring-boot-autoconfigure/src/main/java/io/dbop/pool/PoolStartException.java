package io.dbop.pool;

import io.dbop.DbopException;
import org.jspecify.annotations.Nullable;

/**
 * The pool of a database could not be started.
 */
public final class PoolStartException extends DbopException {

	private final String action;

	PoolStartException(String alias, String what, String action, @Nullable Throwable cause) {
		super(alias, "The pool of database '%s' could not be started: %s %s".formatted(alias, what, action), cause);
		this.action = action;
	}

	/**
	 * What to do about it.
	 * @return advice, in a sentence or two
	 */
	public String action() {
		return this.action;
	}

}
