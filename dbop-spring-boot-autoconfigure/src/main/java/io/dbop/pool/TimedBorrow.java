package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Takes a connection on a thread that may be left behind, from a pool that does not keep
 * to the time it is given: it asks a server that does not answer whether an idle
 * connection is alive, or connects. What comes too late goes back.
 */
final class TimedBorrow implements Runnable {

	private final Callable<Connection> pool;

	private final CompletableFuture<Connection> answer = new CompletableFuture<>();

	private TimedBorrow(Callable<Connection> pool) {
		this.pool = pool;
	}

	/**
	 * Takes a connection.
	 * @param pool where from
	 * @param millis how long the caller waits
	 */
	static Connection from(Callable<Connection> pool, long millis) throws SQLException {
		TimedBorrow borrow = new TimedBorrow(pool);
		Watchdog.shared().start(borrow);
		return borrow.await(millis);
	}

	@Override
	public void run() {
		try {
			Connection connection = this.pool.call();
			if (!this.answer.complete(connection)) {
				connection.close();
			}
		}
		catch (Exception | Error ex) {
			this.answer.completeExceptionally(ex);
		}
	}

	private Connection await(long millis) throws SQLException {
		try {
			return this.answer.get(millis, TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return giveUp(new SQLTransientConnectionException(
					"The pool, which is waiting for its server, gave no connection within %d ms".formatted(millis)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return giveUp(new SQLException("Interrupted while waiting for a connection; nothing was sent", ex));
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
	}

	/** Unless it comes in this moment. */
	private Connection giveUp(SQLException reason) throws SQLException {
		this.answer.completeExceptionally(reason);
		try {
			return this.answer.join();
		}
		catch (CompletionException ex) {
			throw failure(ex.getCause());
		}
	}

	private static SQLException failure(@Nullable Throwable cause) {
		if (cause instanceof SQLException failure) {
			return failure;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		if (cause instanceof RuntimeException failure) {
			throw failure;
		}
		return new SQLException("The pool gave no connection", cause);
	}

}
