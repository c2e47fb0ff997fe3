package io.dbop.statement;

import io.dbop.DbopException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that were given do not fit the statement. Nothing was sent. The message
 * tells places, names and types, never a value.
 */
public final class InvalidParametersException extends DbopException {

	private final String reason;

	InvalidParametersException(String alias, String reason) {
		this(alias, reason, null);
	}

	private InvalidParametersException(String alias, String reason, @Nullable Throwable cause) {
		super(alias, "A statement for database '%s' was not sent: %s".formatted(alias, reason), cause);
		this.reason = reason;
	}

	/** The same, of one row of a batch. */
	InvalidParametersException ofRow(int number) {
		return new InvalidParametersException(alias(),
				"row %d of the batch does not fit: %s".formatted(number, this.reason), this);
	}

}
