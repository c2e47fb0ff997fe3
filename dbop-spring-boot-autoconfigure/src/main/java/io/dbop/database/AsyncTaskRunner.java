package io.dbop.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.dbop.pool.AttemptLedger;
import io.dbop.pool.CancelSignal;
import io.dbop.statement.AsyncTasks;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the threads of one database. Whoever completes the future of a task
 * before the task does, cancels it.
 */
final class AsyncTaskRunner implements AsyncTasks {

	private final Supplier<Executor> threads;

	AsyncTaskRunner(Supplier<Executor> threads) {
		this.threads = threads;
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<T> task) {
		CompletableFuture<T> future = new CompletableFuture<>();
		CancelSignal signal = new CancelSignal();
		future.whenComplete((result, failure) -> signal.cancel());
		try {
			this.threads.get().execute(() -> signal.run(() -> complete(future, signal, task)));
		}
		catch (RejectedExecutionException ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

	private static <T extends @Nullable Object> void complete(CompletableFuture<T> future, CancelSignal signal,
			Supplier<T> task) {
		AttemptLedger ledger = new AttemptLedger("async", signal);
		T result;
		ledger.open();
		try {
			result = task.get();
		}
		catch (Throwable ex) {
			ledger.close();
			future.completeExceptionally(
					(ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex);
			return;
		}
		ledger.close();
		future.complete(result);
	}

}
