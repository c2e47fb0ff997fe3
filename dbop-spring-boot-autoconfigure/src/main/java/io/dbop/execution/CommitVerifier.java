package io.dbop.execution;

/**
 * Finds out whether work landed whose commit was begun and never confirmed. It is asked
 * on a new connection, outside any transaction of the failed attempt. One that throws
 * because the database cannot be reached is asked again, for as long as the call might
 * begin another attempt; one that throws for another reason, or to the end, is taken as
 * {@link Verdict#UNKNOWN}. Implementations are thread-safe.
 */
@FunctionalInterface
public interface CommitVerifier {

	/**
	 * Looks for the work in the database.
	 * @param context the attempt whose outcome is unknown
	 * @return what was found
	 * @throws Exception if it cannot be told
	 */
	Verdict verify(AttemptContext context) throws Exception;

	/** What a verifier found. */
	enum Verdict {

		/** The work is there: the call returns what it had computed. */
		COMMITTED,

		/**
		 * The work is not there and will not appear: it is safe to repeat. That it is not
		 * there yet is not enough, since the server may still be about to commit it. Who
		 * first locks what the work has changed waits for its end.
		 */
		NOT_COMMITTED,

		/** It cannot be told. */
		UNKNOWN

	}

}
