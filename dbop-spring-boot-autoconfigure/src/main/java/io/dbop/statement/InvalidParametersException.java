package io.dbop.statement;

import io.dbop.DbopException;

/**
 * The parameters that were given do not fit the statement. Nothing was sent. The message
 * tells places, names and types, never a value.
 */
public final class InvalidParametersException extends DbopException {

	InvalidParametersException(String alias, String message) {
		super(alias, "A statement for database '%s' was not sent: %s".formatted(alias, message), null);
	}

}
