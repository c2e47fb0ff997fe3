package io.dbop.execution;

import javax.sql.DataSource;

import io.dbop.pool.AttemptLedger;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: the state that its stages share, and the ledger of its attempts.
 * Confined to the calling thread.
 */
final class Call extends AttemptLedger implements AttemptContext {

	final ExecutionPlan plan;

	final Work work;

	/** The innermost call on the same engine that this one is nested in. */
	final @Nullable Call outer;

	/** The innermost call, on whichever engine, that this one is nested in. */
	final @Nullable Call around;

	/** Whether the owner of the transaction that this call takes part in repeats it. */
	final boolean repeatedByOwner;

	final long startedAt;

	/** Where the whole call ends, whichever attempt is under way. */
	long totalDeadline = NO_DEADLINE;

	int attempt = 1;

	/** Whether the circuit breaker refused the attempt, which was not made then. */
	boolean refused;

	/** Whether this call opened the transaction that it runs in. */
	boolean ownsTransaction;

	/** Whether the attempt runs at a savepoint in a transaction of the caller. */
	boolean atSavepoint;

	/** Whether the attempt runs in a transaction that this call did not open. */
	boolean inOuterTransaction;

	/** What the work returned, known even if the commit after it failed. */
	@Nullable Object result;

	boolean hasResult;

	/** Whether the outcome of an attempt that was repeated nonetheless is unknown. */
	boolean inDoubt;

	/** Whether the work of a failed attempt was kept, as its rules want it. */
	boolean keptInSpiteOfFailure;

	/** Whether a failure was not retried here because whoever is around has to do it. */
	boolean leftToCaller;

	/** The last failure that a call nested in this one has already given up on. */
	@Nullable Throwable givenUpInside;

	/** Why no further attempt was made, for the log. */
	String verdict = "";

	private @Nullable Throwable judged;

	private @Nullable Failure failure;

	Call(ExecutionPlan plan, Work work, long now) {
		super(plan.name());
		this.plan = plan;
		this.work = work;
		this.startedAt = now;
		this.around = innermost();
		this.outer = nearest(plan.engine(), this.around);
		this.repeatedByOwner = this.outer != null && !plan.opensOwnTransaction() && !plan.answersFailures()
				&& (this.outer.ownsTransaction ? this.outer.plan.retries() : this.outer.repeatedByOwner);
	}

	static @Nullable Call innermost() {
		return (AttemptLedger.current() instanceof Call call) ? call : null;
	}

	private static @Nullable Call nearest(DatabaseEngine engine, @Nullable Call innermost) {
		for (Call each = innermost; each != null; each = each.around) {
			if (each.plan.engine() == engine) {
				return each;
			}
		}
		return null;
	}

	Failure judge(Throwable thrown) {
		Failure known = this.failure;
		if (known == null || this.judged != thrown) {
			known = this.plan.engine().judge().judge(this, thrown);
			judged(thrown, known);
		}
		return known;
	}

	/** Keeps what was found while the connections of the attempt could still tell. */
	void judged(Throwable thrown, Failure failure) {
		this.judged = thrown;
		this.failure = failure;
	}

	void beginNextAttempt() {
		nextAttempt();
		this.attempt++;
		this.judged = null;
		this.failure = null;
		this.result = null;
		this.hasResult = false;
		this.ownsTransaction = false;
		this.atSavepoint = false;
		this.inOuterTransaction = false;
	}

	/** Whether a failure has undone a transaction of the alias that is still open. */
	boolean undone() {
		return transactionUndone(this.plan.engine().pool());
	}

	/**
	 * Whether a call needs a savepoint in a transaction that it finds: to repeat an
	 * attempt, or to answer a failure without making the transaction useless.
	 */
	boolean nests() {
		boolean repeats = this.plan.retries() && !this.repeatedByOwner;
		return (repeats || this.plan.answersFailures()) && this.plan.engine().transactions().savepointsSuffice();
	}

	/** Whether somebody around repeats what this call has left to its caller. */
	boolean repeatedAround() {
		Call caller = this.around;
		return caller != null && this.leftToCaller && !this.plan.answersFailures()
				&& (caller.plan.retries() || caller.repeatedByOwner);
	}

	/** Whether this failure is one that a call nested in this one has given up on. */
	boolean givenUpInside(Throwable thrown) {
		Throwable inside = this.givenUpInside;
		for (Throwable each = thrown; each != null && inside != null; each = each.getCause()) {
			if (each == inside) {
				return true;
			}
		}
		return false;
	}

	void resolved(CommitVerifier.Verdict verdict) {
		if (verdict != CommitVerifier.Verdict.UNKNOWN) {
			commitResolved(verdict == CommitVerifier.Verdict.COMMITTED);
		}
	}

	void complete(@Nullable Object result) {
		this.result = result;
		this.hasResult = true;
	}

	@Override
	public String alias() {
		return this.plan.engine().alias();
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public boolean readOnly() {
		return this.plan.readOnly();
	}

	@Override
	public DataSource dataSource() {
		return this.plan.engine().dataSource();
	}

}
