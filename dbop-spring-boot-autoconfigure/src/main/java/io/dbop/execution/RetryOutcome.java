package io.dbop.execution;

/**
 * How a call ended that was repeated, or that would have been if it had been let. Each
 * such call has exactly one.
 */
public enum RetryOutcome {

	/** It succeeded after more than one attempt. */
	RECOVERED,

	/** It failed after as many attempts, or as much time, as it had. */
	EXHAUSTED,

	/** It failed because a circuit breaker refused another attempt. */
	REFUSED,

	/** It failed because the retry budget of the database was used up. */
	DENIED,

	/**
	 * It failed at once, because a call around it repeats, which may have the
	 * transaction, or nobody but its caller can.
	 */
	LEFT,

	/** A later attempt failed in a way that is not retried. */
	STOPPED

}
