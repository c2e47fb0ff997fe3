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

}
