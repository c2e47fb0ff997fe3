package io.dbop.entity;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * The tables of an entity are not such as they would have to be, and may or can not be
 * changed now. Nothing has been saved.
 */
public class EntitySchemaException extends InvalidDataAccessResourceUsageException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what is missing, and what to do
	 * @param cause what the database said, {@code null} if it was not asked
	 */
	public EntitySchemaException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
