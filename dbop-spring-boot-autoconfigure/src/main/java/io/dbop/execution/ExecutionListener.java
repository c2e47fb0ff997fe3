package io.dbop.execution;

import java.time.Duration;

/**
 * Told of what the pipeline does. Beans of this type are called on the calling thread;
 * one that throws is logged and ignored. Implementations are thread-safe.
 */
public interface ExecutionListener {

	/**
	 * An attempt failed and another will follow.
	 * @param context the attempt that failed
	 * @param failure what it threw
	 * @param delay how long will be waited
	 */
	default void onRetry(AttemptContext context, Throwable failure, Duration delay) {
	}

	/**
	 * The operation succeeded.
	 * @param context its last attempt
	 */
	default void onSuccess(AttemptContext context) {
	}

	/**
	 * The operation failed for good.
	 * @param context its last attempt
	 * @param failure what the caller gets to see, or what was replaced by a default
	 */
	default void onFailure(AttemptContext context, Throwable failure) {
	}

}
