package io.dbop.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.PoolHealth.State;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one database for all who ask at the same time, so that a server that hangs
 * holds up one thread only. One that is held up for long is given up, each time later.
 * Thread-safe.
 */
final class HealthCheck {

	private final ConnectionPool pool;

	private Duration patience = Duration.ofSeconds(30);

	private @Nullable Running running;

	HealthCheck(ConnectionPool pool) {
		this.pool = pool;
	}

	/** The check that runs, or a new one. */
	synchronized Running start() {
		Running current = this.running;
		if (current != null && !current.answer.isDone()) {
			if (current.took().compareTo(this.patience) < 0) {
				return current;
			}
			this.patience = this.patience.multipliedBy(2);
		}
		Running check = new Running();
		Thread thread = new Thread(() -> run(check), "dbop-health-" + this.pool.alias());
		thread.setDaemon(true);
		thread.start();
		this.running = check;
		return check;
	}

	private void run(Running check) {
		try {
			this.pool.check();
			check.answered(State.UP, null);
		}
		catch (SQLException | RuntimeException | Error ex) {
			check.answered(full(ex) ? State.FULL : State.DOWN, ex);
		}
	}

	private boolean full(Throwable refusal) {
		Classification classification = SqlExceptionChain.classify(refusal, this.pool.knownDialect()::classify);
		return classification != null && classification.kind() == FailureKind.OUT_OF_RESOURCES;
	}

	/** A check that somebody waits for. */
	static final class Running {

		private final long since = System.nanoTime();

		private final CompletableFuture<PoolHealth> answer = new CompletableFuture<>();

		private Duration took() {
			return Duration.ofNanos(System.nanoTime() - this.since);
		}

		private void answered(State state, @Nullable Throwable cause) {
			this.answer.complete(new PoolHealth(state, took(), cause));
		}

		/**
		 * The answer.
		 * @param deadline when to give up, as of {@link System#nanoTime()}
		 */
		PoolHealth await(long deadline) {
			try {
				return this.answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException | ExecutionException ex) {
				return new PoolHealth(State.SILENT, took(), ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return new PoolHealth(State.SILENT, took(), ex);
			}
		}

	}

}
