package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Ends what runs on one connection at its deadline, in the same way for every database:
 * the statement is cancelled, and should the server not answer any more, the socket times
 * out a little later. Made when a connection first meets a deadline.
 */
final class DeadlineGuard {

	private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String alias;

	private final SocketLimit socket;

	/** An {@link Execution}, or the {@link Cancellation} that has struck it. */
	private final AtomicReference<@Nullable Object> running = new AtomicReference<>();

	private long deadline = AttemptLedger.NO_DEADLINE;

	private @Nullable Future<?> alarm;

	DeadlineGuard(String alias, Connection connection) {
		this.alias = alias;
		this.socket = new SocketLimit(connection);
	}

	/**
	 * Something is about to be sent.
	 * @param statement what to cancel, or {@code null} for a commit, which cannot be
	 * @throws SQLTimeoutException if the deadline is over, and nothing may be sent
	 */
	void begin(@Nullable Statement statement, long deadline) throws SQLTimeoutException {
		if (deadline != this.deadline) {
			lift();
			this.deadline = deadline;
		}
		if (deadline == AttemptLedger.NO_DEADLINE) {
			return;
		}
		refuseAfter(deadline);
		if (this.alarm == null) {
			long remaining = deadline - System.nanoTime();
			this.alarm = Watchdog.alarm(this::strike, remaining);
			this.socket.limit(remaining + MARGIN_NANOS);
		}
		this.running.set(new Execution(statement, deadline));
		if (deadline - System.nanoTime() <= 0) {
			end();
			refuseAfter(deadline);
		}
	}

	/**
	 * Whether the deadline has struck what runs now.
	 */
	boolean struck() {
		return this.running.get() instanceof Cancellation;
	}

	/**
	 * What was running has come back.
	 * @return whether the connection is fit for further use: not if a cancel may still be
	 * on its way
	 */
	boolean end() {
		Object ended = this.running.getAndSet(null);
		return !(ended instanceof Cancellation cancellation) || cancellation.over();
	}

	/**
	 * Undoes what the deadline has set.
	 */
	void lift() {
		if (this.alarm != null) {
			this.alarm.cancel(false);
			this.alarm = null;
			this.socket.lift();
		}
		this.deadline = AttemptLedger.NO_DEADLINE;
	}

	/** Runs on the clock's thread. */
	private void strike() {
		Object current = this.running.get();
		if (current instanceof Execution execution && execution.deadline() - System.nanoTime() <= 0) {
			Cancellation cancellation = new Cancellation(execution.statement());
			if (this.running.compareAndSet(current, cancellation)) {
				Watchdog.aside(cancellation);
			}
		}
	}

	private void refuseAfter(long deadline) throws SQLTimeoutException {
		if (deadline - System.nanoTime() <= 0) {
			throw new SQLTimeoutException(
					"The time of the attempt on database '%s' is over: nothing more was sent.".formatted(this.alias));
		}
	}

	/**
	 * What runs, and until when it may.
	 *
	 * @param statement the driver's statement, or {@code null} for a commit
	 * @param deadline its deadline
	 */
	private record Execution(@Nullable Statement statement, long deadline) {
	}

	/**
	 * The time after which the connection gives up waiting for the server.
	 */
	private static final class SocketLimit {

		private static final int NONE = -1;

		private final Connection connection;

		private int found = NONE;

		SocketLimit(Connection connection) {
			this.connection = connection;
		}

		void limit(long nanos) {
			try {
				int before = this.connection.getNetworkTimeout();
				int millis = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos));
				if (before == 0 || before > millis) {
					this.connection.setNetworkTimeout(Runnable::run, millis);
					this.found = before;
				}
			}
			catch (SQLException | UnsupportedOperationException | AbstractMethodError ex) {
				this.found = NONE;
			}
		}

		void lift() {
			if (this.found != NONE) {
				try {
					this.connection.setNetworkTimeout(Runnable::run, this.found);
				}
				catch (SQLException ex) {
					// it is broken, and the pool will find out
				}
				this.found = NONE;
			}
		}

	}

}
