package io.dbop.statement;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on threads of its own. Implementations are thread-safe.
 */
@FunctionalInterface
public interface AsyncTasks {

	/**
	 * Runs a task.
	 * @param task the task
	 * @param <T> what it returns
	 * @return completed with what the task returns or throws; to complete it in any other
	 * way, as by {@code cancel} or {@code orTimeout}, ends the task
	 */
	<T extends @Nullable Object> CompletableFuture<T> submit(Supplier<T> task);

}
