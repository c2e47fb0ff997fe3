package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;

import io.dbop.failure.Phase;
import io.dbop.pool.Trouble.Incident;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the connections of the current thread during one attempt of one
 * operation: the failure and the phase it struck in, whether a commit was begun and not
 * confirmed, and whether something has been committed already. Connections write it, the
 * pipeline reads it. Exceptions are no substitute: when a commit fails because the
 * connection broke, the rollback after it fails too, and that is all that the caller
 * sees.
 * <p>
 * Confined to its thread, but for what is told of work elsewhere.
 */
public abstract class AttemptLedger {

	/** No deadline. */
	public static final long NO_DEADLINE = Long.MAX_VALUE;

	private static final ThreadLocal<@Nullable AttemptLedger> CURRENT = new ThreadLocal<>();

	private static final AtomicIntegerFieldUpdater<AttemptLedger> ELSEWHERE = AtomicIntegerFieldUpdater
		.newUpdater(AttemptLedger.class, "elsewhere");

	private final @Nullable AttemptLedger parent;

	/**
	 * Apart, for most operations have none, and there is one of this for each of them.
	 */
	private @Nullable Trouble trouble;

	private int pendingCommits;

	private int committedWrites;

	/** Work on other threads that goes on, or has written. */
	private volatile int elsewhere;

	private boolean writesPending;

	/** Whether the operation around this one has learnt what happened here. */
	private boolean told;

	/** Of the attempt, in transactions that may have ended since. */
	private @Nullable Written written;

	private long deadline = NO_DEADLINE;

	/**
	 * Creates the ledger of an operation, shared by its attempts, inside that of the
	 * operation around it on this thread. It never lasts beyond the deadline of that one.
	 */
	protected AttemptLedger() {
		this.parent = CURRENT.get();
		if (this.parent != null) {
			this.deadline = this.parent.deadline;
		}
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
		CURRENT.set(this);
	}

	/**
	 * Gives the thread back to the ledger of the operation around this one, which learns
	 * all that happened here: how the last attempt failed, what was or may be committed,
	 * which transaction was undone.
	 */
	public void close() {
		tell();
		CURRENT.set(this.parent);
	}

	private void tell() {
		if (this.parent != null && !this.told) {
			this.parent.inherit(this);
		}
		this.told = true;
	}

	/**
	 * Forgets the last attempt, before the next one. What was committed is not forgotten,
	 * nor that a transaction was undone which is still open.
	 */
	public void nextAttempt() {
		this.pendingCommits = 0;
		this.writesPending = false;
		forgetEnded();
		if (this.trouble != null) {
			this.trouble.next();
		}
	}

	/**
	 * The ledger of the operation around this one.
	 * @return the ledger, or {@code null} if this is the outermost
	 */
	public @Nullable AttemptLedger parent() {
		return this.parent;
	}

	/**
	 * The operation that this belongs to, shown with the connections that it holds.
	 * @return its name
	 */
	public abstract String operation();

	/**
	 * The failure of the attempt: the last one, of those that were not mere consequences
	 * of an earlier one, such as the refusal of statements in an aborted transaction or
	 * the failure of its rollback.
	 * @return the exception as the driver threw it, or {@code null} if there was none
	 */
	public @Nullable SQLException failure() {
		Incident incident = incident();
		return (incident != null) ? incident.exception() : null;
	}

	/**
	 * The phase that {@link #failure()} struck in.
	 * @return the phase, or {@code null} if there was no failure
	 */
	public @Nullable Phase phase() {
		Incident incident = incident();
		return (incident != null) ? incident.phase() : null;
	}

	/**
	 * The pool whose connection failed, which need not be that of the operation.
	 * @return the pool, or {@code null} if there was no failure
	 */
	public @Nullable ConnectionPool failedPool() {
		Incident incident = incident();
		return (incident != null) ? incident.pool() : null;
	}

	/**
	 * Whether {@link #failure()} was caused by the {@link #deadline()}: a statement was
	 * ended by it or not even begun, whatever code the driver gave it.
	 * @return whether the attempt ran out of its time
	 */
	public boolean deadlineExceeded() {
		Incident incident = incident();
		return incident != null && incident.byDeadline();
	}

	/**
	 * Whether {@link #failure()} came before anything was tried, since code had used up
	 * the time for itself or the caller had given up: that says nothing of the database.
	 * @return whether pool and database were not asked, nor had let the time run out
	 * before
	 */
	public boolean refusedUnasked() {
		return this.trouble != null && this.trouble.unasked();
	}

	private @Nullable Incident incident() {
		return (this.trouble != null) ? this.trouble.incident() : null;
	}

	/**
	 * Whether a failure has undone a transaction of this pool that is still open: to
	 * commit it now would lose work silently.
	 * @param pool the pool
	 * @return whether there is a transaction that must not be committed
	 */
	public boolean transactionUndone(ConnectionPool pool) {
		return this.trouble != null && this.trouble.undid((transaction) -> transaction.pool() == pool);
	}

	/**
	 * Whether a failure has undone the transaction on this connection, which is still
	 * open.
	 * @param connection a connection of any pool; of one that is not recorded nothing is
	 * known, so that whatever was undone counts
	 * @return whether its transaction must not be committed, for all that is known
	 */
	public boolean transactionUndone(Connection connection) {
		TransactionRecord own = RecordedConnection.transactionOn(connection);
		return this.trouble != null && this.trouble.undid((transaction) -> own == null || transaction == own);
	}

	/**
	 * Whether {@link #failure()} struck another connection than this, or got none, so
	 * that the transaction here stands.
	 * @param connection a connection of any pool; of one that is not recorded nothing is
	 * known
	 * @return whether the failure has nothing to do with the connection, for certain
	 */
	public boolean failedBeside(Connection connection) {
		TransactionRecord own = RecordedConnection.transactionOn(connection);
		Incident incident = incident();
		return own != null && incident != null && incident.transaction() != own;
	}

	/**
	 * Whether a commit was begun and neither confirmed nor refused.
	 * @return whether the attempt may be committed for all we know
	 */
	public boolean commitPending() {
		return this.pendingCommits != 0;
	}

	/**
	 * How many commits of writes the operation has had, statements that commit by
	 * themselves included. Repeating it would repeat them.
	 * @return the number of commits
	 */
	public int committedWrites() {
		return this.committedWrites + this.elsewhere;
	}

	/**
	 * The operation has given work to another thread: as long as that goes on, it may
	 * commit a write at any moment.
	 */
	public void begunElsewhere() {
		ELSEWHERE.incrementAndGet(this);
	}

	/**
	 * Work that was given to another thread has ended. May be called from any thread.
	 * @param wrote whether anything of it may be in the database
	 */
	public void endedElsewhere(boolean wrote) {
		if (!wrote) {
			ELSEWHERE.decrementAndGet(this);
		}
	}

	/**
	 * Whether anything that the operation did may be in the database, for all that was
	 * seen of it.
	 * @return whether something was written and committed, for certain or perhaps
	 */
	public boolean mayHaveWritten() {
		return committedWrites() > 0 || this.writesPending;
	}

	/**
	 * Whether the attempt has written in a transaction that has not ended with it, and
	 * may still be committed.
	 * @return whether there is such a transaction
	 */
	public boolean writesStand() {
		return Written.anyOf(this.written, AttemptLedger::holdsWrites);
	}

	/**
	 * What the attempt did in a transaction has been undone, which goes on.
	 * @param pool the pool of the connection with the transaction
	 * @param connection that connection, if it is known
	 */
	protected final void rolledBackOn(ConnectionPool pool, @Nullable Connection connection) {
		if (this.written == null) {
			return;
		}
		TransactionRecord own = (connection != null) ? RecordedConnection.transactionBehind(connection) : null;
		this.written = Written.and(null, this.written,
				(transaction) -> (own != null) ? transaction != own : transaction.pool() != pool);
	}

	/**
	 * Runs what is no part of the operation any more, as if it was closed: the operation
	 * around it has learnt all that happened, and what is done now belongs to that. If
	 * there is none, it is noticed all the same what undoes a transaction.
	 * @param work the work
	 * @param <T> the type of its result
	 * @return its result
	 */
	protected final <T extends @Nullable Object> T afterwards(Supplier<T> work) {
		tell();
		CURRENT.set(this.parent);
		try {
			if (this.parent == null) {
				CURRENT.set(new Witness(operation()));
			}
			return work.get();
		}
		finally {
			CURRENT.set(this);
		}
	}

	/**
	 * The point in time at which statements of the attempt are ended.
	 * @return a value of {@link System#nanoTime()}, or {@link #NO_DEADLINE}
	 */
	public long deadline() {
		return this.deadline;
	}

	/**
	 * Sets the point in time at which statements of the attempt are ended. It never lies
	 * after that of the operation around this one.
	 * @param deadline a value of {@link System#nanoTime()}, or {@link #NO_DEADLINE}
	 */
	public void deadline(long deadline) {
		AttemptLedger outer = this.parent;
		this.deadline = (outer != null) ? earlier(deadline, outer.deadline) : deadline;
	}

	/**
	 * Whether the caller wants no more of the work.
	 * @return whether it was cancelled from outside
	 */
	public boolean cancelled() {
		CancelSignal signal = signal();
		return signal != null && signal.cancelled();
	}

	/**
	 * Whether the deadline is all that limits the time of statements, in place of what is
	 * usual on their database.
	 * @return whether a statement may take longer than the configuration says
	 */
	public boolean limitsStatements() {
		return false;
	}

	/** What may cancel all work of the thread, if anything may. */
	@Nullable CancelSignal signal() {
		return (this.parent != null) ? this.parent.signal() : null;
	}

	/** Whether anything of this ledger may end a statement. */
	final boolean limited() {
		return this.deadline != NO_DEADLINE || signal() != null;
	}

	/**
	 * The parameters of the statement that the operation executes, where it knows them.
	 * Asked only of a statement that was slow.
	 * @return the parameters, or {@code null} if they are not known
	 */
	public @Nullable List<StatementParameter> statementParameters() {
		return null;
	}

	/**
	 * Settles the commits whose outcome was unknown, once it has been found out.
	 * @param landed whether they are in the database
	 */
	protected void commitResolved(boolean landed) {
		this.pendingCommits = 0;
		this.writesPending = false;
		if (landed) {
			this.committedWrites++;
		}
	}

	/**
	 * Runs what looks for the work of the operation, or is told of it: what that writes
	 * itself is no part of the work.
	 * @param bystander what is run
	 * @param <T> the type of what it returns
	 * @param <E> the type of what it throws
	 * @return what it returns
	 * @throws E what it throws
	 */
	protected final <T extends @Nullable Object, E extends Exception> T aside(Bystander<T, E> bystander) throws E {
		int committed = this.committedWrites;
		Written before = this.written;
		try {
			return bystander.run();
		}
		finally {
			this.committedWrites = committed;
			this.written = before;
		}
	}

	void failed(Incident incident) {
		inTrouble().failed(incident);
	}

	/** A failure that was no failure of the operation: it has got on without. */
	void forget(SQLException exception) {
		if (failure() == exception) {
			inTrouble().failed(null);
		}
	}

	void commitBegun(boolean wrote) {
		this.pendingCommits++;
		this.writesPending |= wrote;
	}

	void commitRefused() {
		settled();
	}

	void commitConfirmed(boolean wrote) {
		settled();
		if (wrote) {
			this.committedWrites++;
		}
	}

	private void settled() {
		this.pendingCommits--;
		this.writesPending &= this.pendingCommits > 0;
	}

	void autocommitted() {
		this.committedWrites++;
	}

	void wroteIn(TransactionRecord transaction) {
		this.written = Written.in(transaction, this.written);
	}

	/** Whether it has been told of writes in a transaction. */
	boolean knowsWritesIn(TransactionRecord transaction) {
		return Written.has(this.written, transaction);
	}

	void undone(TransactionRecord transaction) {
		inTrouble().undone(transaction);
	}

	private Trouble inTrouble() {
		Trouble known = this.trouble;
		if (known == null) {
			known = new Trouble();
			this.trouble = known;
		}
		return known;
	}

	/** A commit in doubt counts as one: to repeat it might repeat what it wrote. */
	private void inherit(AttemptLedger inner) {
		this.committedWrites += inner.committedWrites() + inner.pendingCommits;
		this.written = Written.and(this.written, inner.written, AttemptLedger::holdsWrites);
		if (inner.trouble != null) {
			inTrouble().inherit(inner.trouble);
		}
	}

	/** What was written in those that are open may still be committed. */
	private void forgetEnded() {
		this.written = Written.and(null, this.written, AttemptLedger::holdsWrites);
	}

	private static boolean holdsWrites(TransactionRecord transaction) {
		return transaction.writes().stand();
	}

	private static long earlier(long one, long other) {
		if (one == NO_DEADLINE || other == NO_DEADLINE) {
			return (one == NO_DEADLINE) ? other : one;
		}
		return (one - other < 0) ? one : other;
	}

	/**
	 * What is run beside an operation.
	 *
	 * @param <T> the type of what it returns
	 * @param <E> the type of what it throws
	 */
	@FunctionalInterface
	protected interface Bystander<T extends @Nullable Object, E extends Exception> {

		/**
		 * Runs it.
		 * @return what it returns
		 * @throws E what it throws
		 */
		T run() throws E;

	}

	/** Notices what happens where nobody asks for it. */
	private static final class Witness extends AttemptLedger {

		private final String operation;

		Witness(String operation) {
			this.operation = operation;
		}

		@Override
		public String operation() {
			return this.operation;
		}

	}

}
