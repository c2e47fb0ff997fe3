package io.dbop.execution;

import io.dbop.DbopException;

/**
 * Suppressed in the failure of a call that was not repeated because its rollback has
 * detached entities that were loaded before it: what another attempt changed in them
 * would not be written.
 * <p>
 * It has no stack trace, since it tells of the call, not of a place in it.
 */
final class DetachedEntitiesException extends DbopException {

	static final String WHY = "Its persistence context was there before it, as with spring.jpa.open-in-view, and was not empty: "
			+ "the rollback has detached what was in it, and another attempt could change entities that nobody writes.";

	static final String WHAT_TO_DO = "Load entities inside the repeated method, or set spring.jpa.open-in-view=false.";

	DetachedEntitiesException(String alias, String operation) {
		super(alias, "'%s' on database '%s' was not repeated. %s %s".formatted(operation, alias, WHY, WHAT_TO_DO),
				null);
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
