package io.dbop;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Root of the exceptions that dbop itself raises. It is a {@link DataAccessException}, so
 * that code which already handles Spring's database exceptions handles these as well.
 * Messages name the alias and what was done, never a parameter value or a password.
 */
public abstract class DbopException extends DataAccessException {

	private final String alias;

	/**
	 * Creates the exception.
	 * @param alias the alias of the database concerned
	 * @param message what happened, what was done about it, what to do
	 * @param cause the failure behind it, if there is one
	 */
	protected DbopException(String alias, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.alias = alias;
	}

	/**
	 * The alias of the database concerned.
	 * @return the alias
	 */
	public final String alias() {
		return this.alias;
	}

}
