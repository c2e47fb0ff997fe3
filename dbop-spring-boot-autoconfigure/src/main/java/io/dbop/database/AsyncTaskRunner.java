package io.dbop.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.AttemptLedger;
import io.dbop.pool.CancelSignal;
import io.dbop.statement.AsyncTasks;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Runs tasks on the threads of one database. Whoever completes the future of a task
 * before the task does, cancels it.
 */
final class AsyncTaskRunner implements AsyncTasks {

	private final DatabaseEngine engine;

	private final SingletonSupplier<Executor> threads;

	AsyncTaskRunner(DatabaseEngine engine) {
		this.engine = engine;
		this.threads = SingletonSupplier.of(() -> AsyncThreads.of(engine.pool()));
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<T> task) {
		CompletableFuture<T> future = new CompletableFuture<>();
		CancelSignal signal = new CancelSignal();
		future.whenComplete((result, failure) -> signal.cancel());
		Supplier<T> carried = this.engine.carried(task);
		AttemptLedger caller = AttemptLedger.current();
		if (caller != null) {
			caller.begunElsewhere();
		}
		try {
			this.threads.obtain().execute(() -> run(future, signal, carried, caller));
		}
		catch (RejectedExecutionException ex) {
			ended(caller, false);
			future.completeExceptionally(ex);
		}
		return future;
	}

	/** Whoever waits for the future goes on when the work has left nothing behind. */
	private static <T extends @Nullable Object> void run(CompletableFuture<T> future, CancelSignal signal,
			Supplier<T> task, @Nullable AttemptLedger caller) {
		CompletableFuture<T> outcome = new CompletableFuture<>();
		AttemptLedger ledger = signal.ledger("async");
		boolean run = signal.run(() -> attempt(outcome, ledger, task));
		ended(caller, ledger.committedWrites() > 0 || ledger.writesStand());
		if (run) {
			outcome.whenComplete((result, failure) -> {
				if (failure != null) {
					future.completeExceptionally(failure);
				}
				else {
					future.complete(result);
				}
			});
		}
	}

	/** The operation that the task was submitted in must not be repeated if it wrote. */
	private static void ended(@Nullable AttemptLedger caller, boolean wrote) {
		if (caller != null) {
			caller.endedElsewhere(wrote);
		}
	}

	private static <T extends @Nullable Object> void attempt(CompletableFuture<T> outcome, AttemptLedger ledger,
			Supplier<T> task) {
		ledger.open();
		try {
			outcome.complete(task.get());
		}
		catch (Throwable ex) {
			boolean wrapped = ex instanceof CompletionException && ex.getCause() != null;
			outcome.completeExceptionally(wrapped ? ex.getCause() : ex);
		}
		finally {
			ledger.close();
		}
	}

}
