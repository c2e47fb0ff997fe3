package io.dbop.execution;

/**
 * Called once per attempt, inside its scope and before the operation: the place to set a
 * lock timeout or a session variable. A hook that throws fails the attempt. Beans of this
 * type are called for every operation, in their order. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PreAttemptHook {

	/**
	 * Prepares the attempt.
	 * @param context the attempt
	 * @throws Exception to fail the attempt
	 */
	void beforeAttempt(AttemptContext context) throws Exception;

	/**
	 * Whether what it does is of use in the transaction of the attempt alone, such as
	 * {@code SET LOCAL}. Then single statements, which have none otherwise, get one.
	 * Asked once for each kind of operation.
	 * @return {@code false} if it leaves the database alone; {@code true} unless
	 * overridden
	 */
	default boolean needsTransaction() {
		return true;
	}

}
