package io.dbop.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one database for all who ask at the same time, so that a server that hangs
 * holds up one thread only. One that is held up for long is given up, each time later.
 * Thread-safe.
 */
final class HealthCheck {

	private final String alias;

	private Duration patience;

	private @Nullable CompletableFuture<Void> running;

	private long since;

	HealthCheck(String alias, Duration patience) {
		this.alias = alias;
		this.patience = patience;
	}

	/** The answer of the check that runs, or of a new one. */
	synchronized CompletableFuture<Void> of(ConnectionPool pool) {
		CompletableFuture<Void> current = this.running;
		if (current != null && !current.isDone()) {
			if (System.nanoTime() - this.since < this.patience.toNanos()) {
				return current;
			}
			this.patience = this.patience.multipliedBy(2);
		}
		CompletableFuture<Void> check = new CompletableFuture<>();
		Thread thread = new Thread(() -> run(pool, check), "dbop-health-" + this.alias);
		thread.setDaemon(true);
		thread.start();
		this.since = System.nanoTime();
		this.running = check;
		return check;
	}

	private static void run(ConnectionPool pool, CompletableFuture<Void> check) {
		try {
			pool.check();
			check.complete(null);
		}
		catch (Throwable ex) {
			check.completeExceptionally(ex);
		}
	}

}
