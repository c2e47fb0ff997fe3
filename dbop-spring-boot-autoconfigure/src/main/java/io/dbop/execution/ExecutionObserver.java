package io.dbop.execution;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Told where operations and their attempts begin and end, on the thread that they run on
 * and around all that they do: what spans are made of. Where there is none, nothing in
 * the pipeline asks for it. One that throws is logged, and the call goes on. Thread-safe.
 */
public interface ExecutionObserver {

	/**
	 * An operation begins.
	 * @param alias the alias of its database
	 * @param operation its name, one of a bounded number
	 * @return told when it ends
	 */
	Observed operation(String alias, String operation);

	/**
	 * An attempt begins, inside the operation that was last begun on this thread and has
	 * not ended. Waits between attempts are not part of them, and an attempt that a
	 * circuit breaker refuses is not made.
	 * @param alias the alias of its database
	 * @param operation the name of its operation
	 * @param attempt its number, from 1
	 * @return told when it ends
	 */
	Observed attempt(String alias, String operation, int attempt);

	/**
	 * Has a task, when another thread runs it, observed as part of what is observed here
	 * and now.
	 * @param task the task
	 * @param <T> what it returns
	 * @return the task to run in its place
	 */
	<T extends @Nullable Object> Supplier<T> carried(Supplier<T> task);

	/** What is being observed. Confined to its thread. */
	@FunctionalInterface
	interface Observed {

		/**
		 * It has ended.
		 * @param ending how
		 */
		void ended(Ending ending);

	}

}
