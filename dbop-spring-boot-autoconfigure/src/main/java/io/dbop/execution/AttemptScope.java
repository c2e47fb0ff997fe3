package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * A scope of the user's own around each attempt: it opens what the attempt needs, and
 * undoes it when the attempt fails. Implementations are thread-safe.
 */
@FunctionalInterface
public interface AttemptScope {

	/**
	 * Runs one attempt inside this scope.
	 * @param context the attempt
	 * @param call the rest of the pipeline, to be called exactly once
	 * @return what the call returned
	 * @throws Throwable what the call threw, after undoing its work
	 */
	@Nullable Object run(AttemptContext context, ScopedCall call) throws Throwable;

	/**
	 * The rest of the pipeline.
	 */
	@FunctionalInterface
	interface ScopedCall {

		/**
		 * Goes on with the attempt.
		 * @return what the operation returned
		 * @throws Throwable what it threw
		 */
		@Nullable Object proceed() throws Throwable;

	}

}
