package io.dbop.execution;

/**
 * The work of an operation that returns nothing: called once per attempt.
 *
 * @param <E> the checked exception that it throws
 */
@FunctionalInterface
public interface DatabaseAction<E extends Exception> {

	/**
	 * Does the work.
	 * @throws E if it fails
	 */
	void run() throws E;

}
