package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Ends what runs on one connection at its deadline, in the same way for every database:
 * the statement is cancelled, and should the server not answer any more, the socket times
 * out a little later, or is severed where it waits for something else than the first
 * answer. A statement may have a limit of its own besides. Made when a connection first
 * meets either.
 */
final class DeadlineGuard extends Seats.Seated {

	/** Statements have no limit of their own. */
	static final long UNLIMITED = 0;

	/** At least this long may take what cleans up, however late it is. */
	private static final long CLEANUP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long FAR_NANOS = Long.MAX_VALUE / 2;

	private final String alias;

	private final Watchdog watchdog;

	private final Dialect dialect;

	private final SocketLimit socket;

	/** An {@link Execution}, or the {@link Cancellation} that has struck it. */
	private final AtomicReference<@Nullable Object> running = new AtomicReference<>();

	private long deadline = AttemptLedger.NO_DEADLINE;

	/** Why the last thing that ran was ended, if it was. */
	private @Nullable Reason ended;

	private boolean watched;

	DeadlineGuard(String alias, Connection connection, Dialect dialect, Watchdog watchdog) {
		this.alias = alias;
		this.dialect = dialect;
		this.watchdog = watchdog;
		this.socket = new SocketLimit(connection, dialect);
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
		CancelSignal signal = (ledger != null) ? ledger.signal() : null;
		long deadline = follow(ledger);
		boolean limited = limitNanos != UNLIMITED && statement != null;
		if (deadline == AttemptLedger.NO_DEADLINE && !limited && signal == null) {
			return;
		}
		long now = System.nanoTime();
		refuse(deadline, now, signal);
		boolean timed = deadline != AttemptLedger.NO_DEADLINE;
		if (timed || signal != null) {
			// Without a deadline it need only be known whether there is a socket to
			// sever.
			limitSocket(ledger, timed ? deadline - now + Reason.DEADLINE.graceNanos : FAR_NANOS);
		}
		boolean byLimit = limited && (!timed || limitNanos < deadline - now);
		long until = byLimit ? now + limitNanos : timed ? deadline : now + FAR_NANOS;
		run(new Execution(statement, until, byLimit ? Reason.LIMIT : Reason.DEADLINE));
		if (signal != null) {
			signal.begun(this);
		}
	}

	/**
	 * Something is about to be sent that cleans up or sets up, a rollback for one: it is
	 * not refused at the deadline, and has at least a moment after it.
	 * @param ledger tells the deadline
	 */
	void beginCleanup(@Nullable AttemptLedger ledger) {
		long deadline = follow(ledger);
		if (deadline != AttemptLedger.NO_DEADLINE) {
			long end = cleanupEnd(deadline);
			limitSocket(ledger, end - System.nanoTime());
			run(new Execution(null, end - Reason.DEADLINE.graceNanos, Reason.DEADLINE));
		}
	}

	/**
	 * Limits what others send on the connection, as its pool does when it gets it back.
	 * @param ledger tells the deadline
	 */
	void limitOthers(@Nullable AttemptLedger ledger) {
		long deadline = follow(ledger);
		if (deadline != AttemptLedger.NO_DEADLINE) {
			limitSocket(ledger, cleanupEnd(deadline) - System.nanoTime());
		}
	}

	private static long cleanupEnd(long deadline) {
		long end = deadline + Reason.DEADLINE.graceNanos;
		long least = System.nanoTime() + CLEANUP_NANOS;
		return (end - least < 0) ? least : end;
	}

	private long follow(@Nullable AttemptLedger ledger) {
		long deadline = (ledger != null) ? ledger.deadline() : AttemptLedger.NO_DEADLINE;
		if (deadline != this.deadline) {
			lift();
			this.deadline = deadline;
		}
		return deadline;
	}

	private void limitSocket(@Nullable AttemptLedger ledger, long nanos) {
		this.socket.limit(nanos, ledger != null && ledger.limitsStatements());
	}

	private void run(Execution execution) {
		if (!this.watched) {
			this.watched = true;
			this.watchdog.watch(this);
		}
		this.ended = null;
		this.running.set(execution);
		this.watchdog.begun(execution.until());
	}

	/**
	 * Whether what runs now has been ended.
	 */
	boolean struck() {
		return this.running.get() instanceof Cancellation;
	}

	/**
	 * Why what ran last was ended. Says so once.
	 * @return the reason, or {@code null} if it was not
	 */
	@Nullable Reason takeReason() {
		Reason reason = this.ended;
		this.ended = null;
		return reason;
	}

	/**
	 * Ends what runs now, for its caller wants no more of it: not what cannot be
	 * cancelled, such as a commit. From any thread.
	 * @return whether something ran
	 */
	boolean strike() {
		Object current = this.running.get();
		if (current instanceof Execution execution && execution.statement() != null) {
			Cancellation cancellation = cancellation(execution, Reason.CALLER);
			if (this.running.compareAndSet(current, cancellation)) {
				this.watchdog.start(cancellation);
				this.watchdog.begun(cancellation.dueAt(farAway()));
				return true;
			}
		}
		return current != null;
	}

	private Cancellation cancellation(Execution execution, Reason reason) {
		return new Cancellation(execution.statement(), this.dialect, reason, System.nanoTime() + reason.graceNanos);
	}

	/**
	 * What was running has come back.
	 * @return whether the connection is fit for further use: not if a cancel may still be
	 * on its way
	 */
	boolean end() {
		Object last = this.running.getAndSet(null);
		if (last instanceof Cancellation cancellation) {
			this.ended = cancellation.reason();
			return cancellation.over();
		}
		return true;
	}

	/**
	 * Undoes what the deadline has set.
	 */
	void lift() {
		leave();
		this.socket.lift();
	}

	/**
	 * Is of no more use. What the deadline has set is left to the pool, which puts it
	 * back.
	 */
	void leave() {
		if (this.watched) {
			this.watched = false;
			unseat();
		}
		this.deadline = AttemptLedger.NO_DEADLINE;
	}

	/**
	 * When something is to be done about what runs. Called by the watchdog.
	 * @return the time, far away if nothing runs
	 */
	long dueAt() {
		Object current = this.running.get();
		if (current instanceof Execution execution) {
			return execution.until();
		}
		return (current instanceof Cancellation cancellation) ? cancellation.dueAt(farAway()) : farAway();
	}

	private static long farAway() {
		return System.nanoTime() + FAR_NANOS;
	}

	/**
	 * Strikes what runs if its time is over. Called by the watchdog.
	 * @return what is to be run: it may block
	 */
	@Nullable Runnable due() {
		Object current = this.running.get();
		long now = System.nanoTime();
		if (current instanceof Execution execution && execution.until() - now <= 0) {
			Cancellation cancellation = cancellation(execution, execution.reason());
			return this.running.compareAndSet(current, cancellation) ? cancellation : null;
		}
		return (current instanceof Cancellation cancellation && cancellation.toSever(now)) ? this.socket::sever : null;
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

	/** Why a statement is ended, and how long it then has until its connection is. */
	enum Reason {

		/** The time of its attempt is over. */
		DEADLINE(200),

		/** It has used up the time of a statement. */
		LIMIT(5000),

		/** Its caller wants no more of it, and does not wait. */
		CALLER(1000);

		private final long graceNanos;

		Reason(long graceMillis) {
			this.graceNanos = TimeUnit.MILLISECONDS.toNanos(graceMillis);
		}

	}

}
