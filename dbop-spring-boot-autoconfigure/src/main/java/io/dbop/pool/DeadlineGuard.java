package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Ends what runs on one connection at its deadline, in the same way for every database:
 * the statement is cancelled, and should the server not answer any more, the socket times
 * out a little later. A statement may have a limit of its own besides. Made when a
 * connection first meets either.
 */
final class DeadlineGuard extends Seats.Seated {

	/** Statements have no limit of their own. */
	static final long UNLIMITED = 0;

	private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long FAR_NANOS = Long.MAX_VALUE / 2;

	private final String alias;

	private final Watchdog watchdog;

	private final SocketLimit socket;

	/** An {@link Execution}, or the {@link Cancellation} that has struck it. */
	private final AtomicReference<@Nullable Object> running = new AtomicReference<>();

	private long deadline = AttemptLedger.NO_DEADLINE;

	private boolean watched;

	DeadlineGuard(String alias, Connection connection, Watchdog watchdog) {
		this.alias = alias;
		this.watchdog = watchdog;
		this.socket = new SocketLimit(connection);
	}

	/**
	 * Something is about to be sent.
	 * @param statement what to cancel, or {@code null} for a commit, which cannot be
	 * @param ledger tells the deadline, and who may cancel
	 * @param limitNanos how long the statement may run, whatever the deadline;
	 * {@link #UNLIMITED} if that is nobody's concern here
	 * @throws SQLException if the deadline is over or the caller wants no more of it, and
	 * nothing may be sent
	 */
	void begin(@Nullable Statement statement, @Nullable AttemptLedger ledger, long limitNanos) throws SQLException {
		long deadline = (ledger != null) ? ledger.deadline() : AttemptLedger.NO_DEADLINE;
		CancelSignal signal = (ledger != null) ? ledger.signal() : null;
		if (deadline != this.deadline) {
			lift();
			this.deadline = deadline;
		}
		boolean limited = limitNanos != UNLIMITED && statement != null;
		boolean timed = deadline != AttemptLedger.NO_DEADLINE || limited;
		if (!timed && signal == null) {
			return;
		}
		long now = System.nanoTime();
		refuse(deadline, now, signal);
		if (timed) {
			watch(deadline, now, ledger != null && ledger.limitsStatements());
		}
		boolean byLimit = limited && (deadline == AttemptLedger.NO_DEADLINE || limitNanos < deadline - now);
		long until = byLimit ? now + limitNanos : timed ? deadline : now + FAR_NANOS;
		this.running.set(new Execution(statement, until, byLimit ? Reason.LIMIT : Reason.DEADLINE));
		this.watchdog.begun(until);
		if (signal != null) {
			signal.begun(this);
		}
	}

	private void watch(long deadline, long now, boolean extending) {
		if (!this.watched) {
			this.watched = true;
			this.watchdog.watch(this);
			if (deadline != AttemptLedger.NO_DEADLINE) {
				this.socket.limit(deadline - now + MARGIN_NANOS, extending);
			}
		}
	}

	/**
	 * Whether what runs now has been ended.
	 */
	boolean struck() {
		return this.running.get() instanceof Cancellation;
	}

	/**
	 * Whether what runs now has been ended for this reason.
	 */
	boolean struck(Reason reason) {
		return this.running.get() instanceof Cancellation cancellation && cancellation.reason() == reason;
	}

	/**
	 * Ends what runs now, for its caller wants no more of it. From any thread.
	 * @return whether something ran
	 */
	boolean strike() {
		Object current = this.running.get();
		if (current instanceof Execution execution) {
			Cancellation cancellation = new Cancellation(execution.statement(), Reason.CALLER);
			if (this.running.compareAndSet(current, cancellation)) {
				this.watchdog.start(cancellation);
				return true;
			}
		}
		return current != null;
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
		if (this.watched) {
			this.watched = false;
			unseat();
			this.socket.lift();
		}
		this.deadline = AttemptLedger.NO_DEADLINE;
	}

	/**
	 * When what runs is to be ended. Called by the watchdog.
	 * @return the deadline, or a time far away if nothing runs
	 */
	long runsUntil() {
		return (this.running.get() instanceof Execution execution) ? execution.until() : System.nanoTime() + FAR_NANOS;
	}

	/**
	 * Strikes what runs if its time is over. Called by the watchdog.
	 * @return what cancels it, to be run
	 */
	@Nullable Cancellation due() {
		Object current = this.running.get();
		if (current instanceof Execution execution && execution.until() - System.nanoTime() <= 0) {
			Cancellation cancellation = new Cancellation(execution.statement(), execution.reason());
			return this.running.compareAndSet(current, cancellation) ? cancellation : null;
		}
		return null;
	}

	private void refuse(long deadline, long now, @Nullable CancelSignal signal) throws SQLException {
		if (signal != null && signal.cancelled()) {
			throw new SQLException("The work on database '%s' was cancelled by its caller: nothing more was sent."
				.formatted(this.alias));
		}
		if (deadline != AttemptLedger.NO_DEADLINE && deadline - now <= 0) {
			throw new SQLTimeoutException(
					"The time of the attempt on database '%s' is over: nothing more was sent.".formatted(this.alias));
		}
	}

	/**
	 * What runs, and until when it may.
	 *
	 * @param statement the driver's statement, or {@code null} for a commit
	 * @param until when it is ended
	 * @param reason why it is ended then
	 */
	private record Execution(@Nullable Statement statement, long until, Reason reason) {
	}

	/** Why a statement is ended. */
	enum Reason {

		/** The time of its attempt is over. */
		DEADLINE,

		/** It has used up the time of a statement. */
		LIMIT,

		/** Its caller wants no more of it. */
		CALLER

	}

	/**
	 * The time after which the connection gives up waiting for the server.
	 */
	private static final class SocketLimit {

		private static final int NONE = -1;

		private final Connection connection;

		private int found = NONE;

		private boolean asked;

		SocketLimit(Connection connection) {
			this.connection = connection;
		}

		void limit(long nanos, boolean extending) {
			try {
				int before = this.connection.getNetworkTimeout();
				int millis = (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos));
				if (before == 0 || before > millis || extending) {
					askDriver(before);
					this.connection.setNetworkTimeout(Runnable::run, millis);
					this.found = before;
				}
			}
			catch (SQLException | UnsupportedOperationException | AbstractMethodError ex) {
				this.found = NONE;
			}
		}

		/**
		 * A driver that cannot do it says so past the pool: HikariCP would take that for
		 * the end of the connection, and close it.
		 */
		private void askDriver(int before) throws SQLException {
			if (!this.asked) {
				this.connection.unwrap(Connection.class).setNetworkTimeout(Runnable::run, before);
				this.asked = true;
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
