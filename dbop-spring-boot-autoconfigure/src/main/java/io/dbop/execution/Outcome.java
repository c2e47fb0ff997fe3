package io.dbop.execution;

/** How an operation, or an attempt of it, ended. */
public enum Outcome {

	/** It returned. */
	SUCCESS,

	/** It returned: its commit was in doubt, and a verifier found that it had landed. */
	VERIFIED,

	/** It threw. */
	FAILURE,

	/** An open circuit breaker refused it, at its first attempt or at a later one. */
	REFUSED,

	/**
	 * It threw, and nobody can tell whether its work is in the database. An attempt ends
	 * so before a verifier is asked.
	 */
	UNKNOWN

}
