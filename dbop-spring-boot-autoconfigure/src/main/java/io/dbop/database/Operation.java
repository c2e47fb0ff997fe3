package io.dbop.database;

import io.dbop.execution.DatabaseCall;
import org.jspecify.annotations.Nullable;

/**
 * A prepared operation. Immutable and thread-safe.
 *
 * @param <T> what it returns
 */
public interface Operation<T extends @Nullable Object> {

	/**
	 * Runs the operation.
	 * @param call the work, called once per attempt
	 * @param <E> the checked exception that it throws
	 * @return what the call returned
	 * @throws E if the call fails for good
	 */
	<E extends Exception> T run(DatabaseCall<? extends T, E> call) throws E;

}
