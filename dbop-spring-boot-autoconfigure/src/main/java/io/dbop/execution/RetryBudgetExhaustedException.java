package io.dbop.execution;

import io.dbop.DbopException;

/**
 * Suppressed in the failure of a call that was not repeated because the retry budget of
 * its database is used up: so many calls fail that repeating them all would multiply the
 * load.
 * <p>
 * It has no stack trace, since it tells of the database, not of the call.
 */
public final class RetryBudgetExhaustedException extends DbopException {

	private final double share;

	RetryBudgetExhaustedException(String alias, RetryBudget.Settings settings) {
		super(alias,
				("The retry budget of database '%s' is used up: this failure was not retried. After a burst of %d, "
						+ "retries are held to a share of %s of the calls, so that they do not multiply the load of a database "
						+ "that fails. Find out why it fails; if retries must be more, raise dbop.databases.%s.retry.budget.share "
						+ "or .burst.")
					.formatted(alias, settings.burst(), settings.share(), alias),
				null);
		this.share = settings.share();
	}

	/**
	 * The retries that are allowed, as a share of the calls.
	 * @return the share, 0 to 1
	 */
	public double share() {
		return this.share;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
