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

	/** Whether the owner of the transaction that this call takes part in repeats it. */
	final boolean repeatedByOwner;

	final long startedAt;

	/** Where the whole call ends, whichever attempt is under way. */
	long totalDeadline = NO_DEADLINE;

	int attempt = 1;

	/** Whether this call opened the transaction that it runs in. */
	boolean ownsTransaction;

	/** Whether the attempt runs at a savepoint in a transaction of the caller. */
	boolean atSavepoint;

	/** Whether the attempt runs in a transaction that this call did not open. */
	boolean inOuterTransaction;

	/** What the work returned, known even if the commit after it failed. */
	@Nullable Object result;

	boolean hasResult;

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
		this.outer = nearest(plan.engine(), AttemptLedger.current());
		this.repeatedByOwner = this.outer != null && !plan.opensOwnTransaction()
				&& (this.outer.ownsTransaction ? this.outer.plan.retries() : this.outer.repeatedByOwner);
	}

	static @Nullable Call innermost() {
		return (AttemptLedger.current() instanceof Call call) ? call : null;
	}

	private static @Nullable Call nearest(DatabaseEngine engine, @Nullable AttemptLedger innermost) {
		for (AttemptLedger each = innermost; each != null; each = each.parent()) {
			if (each instanceof Call call && call.plan.engine() == engine) {
				return call;
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
