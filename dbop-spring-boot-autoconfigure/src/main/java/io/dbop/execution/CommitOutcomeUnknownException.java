package io.dbop.execution;

import io.dbop.DbopException;

/**
 * A commit was begun and its outcome never arrived: the work may be in the database or
 * not. It was not repeated, since that could have done it twice. Look for the work before
 * doing it again, declare it idempotent, or give a {@link CommitVerifier}.
 */
public final class CommitOutcomeUnknownException extends DbopException {

	private final String operation;

	CommitOutcomeUnknownException(String alias, String operation, Throwable cause) {
		super(alias,
				("The outcome of '%s' on database '%s' is unknown: the connection failed after its commit was begun. "
						+ "It was not repeated. Look for its work before doing it again; declare it idempotent or read-only, "
						+ "or give it a CommitVerifier, to have this resolved.")
					.formatted(operation, alias),
				cause);
		this.operation = operation;
	}

	/**
	 * The name of the operation.
	 * @return the name
	 */
	public String operation() {
		return this.operation;
	}

}
