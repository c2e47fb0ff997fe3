package io.dbop.entity;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * A row was written by somebody who knew more of the entity: look at its tables again.
 * Seen by callers only if that does not help.
 */
final class StaleSchemaException extends ConcurrencyFailureException {

	private static final long serialVersionUID = 1L;

	private final int revisionSeen;

	StaleSchemaException(String entity, int revisionSeen) {
		super("The tables of the entity '%s' are being changed by others all the time".formatted(entity));
		this.revisionSeen = revisionSeen;
	}

	int revisionSeen() {
		return this.revisionSeen;
	}

}
