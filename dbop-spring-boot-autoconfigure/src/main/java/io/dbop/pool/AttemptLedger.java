package io.dbop.pool;

import java.sql.SQLException;

import io.dbop.failure.Classification;
import io.dbop.failure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the connections of the current thread during one attempt of one
 * operation: the failure and the phase it struck in, whether a commit was begun and not
 * confirmed, and whether something has been committed already. Connections write it, the
 * pipeline reads it. Exceptions are no substitute: when a commit fails because the
 * connection broke, the rollback after it fails too, and that is all that the caller
 * sees.
 * <p>
 * Confined to its thread.
 */
public class AttemptLedger {

	/** No deadline. */
	public static final long NO_DEADLINE = Long.MAX_VALUE;

	private static final ThreadLocal<@Nullable AttemptLedger> CURRENT = new ThreadLocal<>();

	private final String operation;

	private @Nullable AttemptLedger parent;

	private @Nullable SQLException failure;

	private @Nullable Phase phase;

	private @Nullable ConnectionPool failedPool;

	private @Nullable Object undoneTransaction;

	private boolean savepointsUndone;

	private boolean commitPending;

	private int committedWrites;

	private boolean deadlineExceeded;

	private long deadline = NO_DEADLINE;

	/**
	 * Creates the ledger of an operation, shared by its attempts.
	 * @param operation the name of the operation, shown with the connections it holds
	 */
	public AttemptLedger(String operation) {
		this.operation = operation;
	}

	/**
	 * The ledger of the innermost operation on this thread.
	 * @return the ledger, or {@code null} outside any operation
	 */
	public static @Nullable AttemptLedger current() {
		return CURRENT.get();
	}

	/**
	 * Makes this the ledger of the current thread.
	 */
	public void open() {
		AttemptLedger outer = CURRENT.get();
		this.parent = outer;
		if (outer != null) {
			this.deadline = outer.deadline;
		}
		CURRENT.set(this);
	}

	/**
	 * Gives the thread back to the ledger of the operation around this one, which learns
	 * what was committed, and whether their common transaction is undone.
	 */
	public void close() {
		AttemptLedger outer = this.parent;
		if (outer != null) {
			outer.committedWrites += this.committedWrites;
			if (this.undoneTransaction != null && outer.undoneTransaction == null) {
				outer.adoptFailure(this);
			}
		}
		CURRENT.set(outer);
	}

	private void adoptFailure(AttemptLedger inner) {
		this.failure = inner.failure;
		this.phase = inner.phase;
		this.failedPool = inner.failedPool;
		this.undoneTransaction = inner.undoneTransaction;
		this.savepointsUndone = inner.savepointsUndone;
	}

	/**
	 * Forgets the last attempt, before the next one. What was committed is not forgotten.
	 */
	public void nextAttempt() {
		this.failure = null;
		this.phase = null;
		this.failedPool = null;
		this.undoneTransaction = null;
		this.savepointsUndone = false;
		this.commitPending = false;
		this.deadlineExceeded = false;
	}

	/**
	 * The ledger of the operation around this one.
	 * @return the ledger, or {@code null} if this is the outermost
	 */
	public @Nullable AttemptLedger parent() {
		return this.parent;
	}

	/**
	 * The operation that this belongs to.
	 * @return its name
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * The last failure of the attempt that was not the failure of a rollback.
	 * @return the exception as the driver threw it, or {@code null} if there was none
	 */
	public @Nullable SQLException failure() {
		return this.failure;
	}

	/**
	 * The phase that {@link #failure()} struck in.
	 * @return the phase, or {@code null} if there was no failure
	 */
	public @Nullable Phase phase() {
		return this.phase;
	}

	/**
	 * The pool whose connection failed, which need not be that of the operation.
	 * @return the pool, or {@code null} if there was no failure
	 */
	public @Nullable ConnectionPool failedPool() {
		return this.failedPool;
	}

	/**
	 * Whether {@link #failure()} was caused by the {@link #deadline()}: a statement was
	 * ended by it or not even begun, whatever code the driver gave it.
	 * @return whether the attempt ran out of its time
	 */
	public boolean deadlineExceeded() {
		return this.deadlineExceeded;
	}

	/**
	 * Whether a failure has undone the transaction of the attempt, which is still open:
	 * to commit it now would lose work silently.
	 * @return whether there is a transaction that must not be committed
	 */
	public boolean transactionUndone() {
		return this.undoneTransaction != null;
	}

	/**
	 * Whether a commit was begun and neither confirmed nor refused.
	 * @return whether the attempt may be committed for all we know
	 */
	public boolean commitPending() {
		return this.commitPending;
	}

	/**
	 * How many commits of writes the operation has had, statements that commit by
	 * themselves included. Repeating it would repeat them.
	 * @return the number of commits
	 */
	public int committedWrites() {
		return this.committedWrites;
	}

	/**
	 * The point in time at which statements of the attempt are ended.
	 * @return a value of {@link System#nanoTime()}, or {@link #NO_DEADLINE}
	 */
	public long deadline() {
		return this.deadline;
	}

	/**
	 * Sets the point in time at which statements of the attempt are ended.
	 * @param deadline a value of {@link System#nanoTime()}, or {@link #NO_DEADLINE}
	 */
	public void deadline(long deadline) {
		this.deadline = deadline;
	}

	void failed(ConnectionPool pool, Object connection, Phase phase, SQLException exception) {
		if (phase == Phase.ROLLING_BACK) {
			return;
		}
		this.failure = exception;
		this.phase = phase;
		this.failedPool = pool;
		Classification classification = pool.dialect().classify(exception);
		if (phase == Phase.EXECUTING) {
			boolean undoesAll = classification != null && classification.redo().undoesTransaction();
			if (undoesAll || pool.dialect().errorAbortsTransaction()) {
				this.undoneTransaction = connection;
				this.savepointsUndone = this.savepointsUndone || undoesAll;
			}
		}
		else if (phase == Phase.COMMITTING) {
			this.commitPending = classification == null || classification.outcomeUnknownIn(phase);
		}
	}

	void commitBegun() {
		this.commitPending = true;
	}

	void commitConfirmed(boolean wrote) {
		this.commitPending = false;
		if (wrote) {
			this.committedWrites++;
		}
	}

	void autocommitted() {
		this.committedWrites++;
	}

	void rolledBack(Object connection) {
		if (this.undoneTransaction == connection) {
			this.undoneTransaction = null;
			this.savepointsUndone = false;
		}
	}

	void rolledBackToSavepoint(Object connection) {
		if (this.undoneTransaction == connection && !this.savepointsUndone) {
			this.undoneTransaction = null;
		}
	}

}
