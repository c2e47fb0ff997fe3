package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * The work of an operation: called once per attempt.
 *
 * @param <T> what it returns
 * @param <E> the checked exception that it throws, inferred as {@link RuntimeException}
 * if there is none
 */
@FunctionalInterface
public interface DatabaseCall<T extends @Nullable Object, E extends Exception> {

	/**
	 * Does the work.
	 * @return the result
	 * @throws E if it fails
	 */
	T call() throws E;

}
