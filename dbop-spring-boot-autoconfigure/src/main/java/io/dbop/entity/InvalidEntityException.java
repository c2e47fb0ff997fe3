package io.dbop.entity;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * What was to be done with an entity cannot be done on any database: a name that cannot
 * be used, a condition that is none, a value that no column holds. Nothing has been
 * saved.
 */
public class InvalidEntityException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what is wrong, and what to do
	 */
	public InvalidEntityException(String message) {
		super(message);
	}

	/**
	 * Creates the exception.
	 * @param message what is wrong, and what to do
	 * @param cause why
	 */
	public InvalidEntityException(String message, Throwable cause) {
		super(message, cause);
	}

}
