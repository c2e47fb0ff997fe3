package io.dbop.execution;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.dbop.pool.AttemptLedger;
import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: the state that its stages share, and the ledger of its attempts.
 * Confined to the calling thread.
 */
final class Call extends AttemptLedger implements AttemptContext {

	final ExecutionPlan plan;

	final Work work;

	/** Whether the owner of the transaction that this call takes part in repeats it. */
	final boolean repeatedByOwner;

	final long startedAt;

	/** Whether this call opened the transaction that it runs in. */
	boolean ownsTransaction;

	/** Whether the attempt runs at a savepoint in a transaction of the caller. */
	boolean atSavepoint;

	/** Whether the attempt runs in a transaction that this call did not open. */
	boolean inOuterTransaction;

	/** What the work returned, known even if the commit after it failed. */
	@Nullable Object result;

	/** Whether the transaction is to be rolled back in spite of success. */
	private boolean rollbackOnly;

	boolean hasResult;

	private @Nullable Aftermath aftermath;

	Call(ExecutionPlan plan, Work work, long now) {
		super(plan.name());
		this.plan = plan;
		this.work = work;
		this.startedAt = now;
		Call owner = outer();
		this.repeatedByOwner = owner != null && !plan.opensOwnTransaction() && !plan.answersFailures()
				&& (owner.ownsTransaction ? owner.plan.retries() : owner.repeatedByOwner);
	}

	static @Nullable Call innermost() {
		return (AttemptLedger.current() instanceof Call call) ? call : null;
	}

	/** The innermost call, on whichever engine, that this one is nested in. */
	@Nullable Call around() {
		return (parent() instanceof Call call) ? call : null;
	}

	/** The innermost call on the same engine that this one is nested in. */
	@Nullable Call outer() {
		Call each = around();
		while (each != null && each.plan.engine() != this.plan.engine()) {
			each = each.around();
		}
		return each;
	}

	/** What there is to be known of failures, from the first one on. */
	Aftermath aftermath() {
		Aftermath known = this.aftermath;
		if (known == null) {
			known = new Aftermath();
			this.aftermath = known;
		}
		return known;
	}

	/**
	 * How many entities there were before the call, in a persistence context that its
	 * attempts share with what came before.
	 */
	int entitiesBefore() {
		return (this.aftermath != null) ? this.aftermath.entitiesBefore : 0;
	}

	/** Whether a commit in doubt was found to have landed. */
	boolean landed() {
		return this.aftermath != null && this.aftermath.landed;
	}

	Failure judge(Throwable thrown) {
		return aftermath().judge(this, thrown);
	}

	void beginNextAttempt() {
		nextAttempt();
		aftermath().beginNextAttempt();
		this.result = null;
		this.hasResult = false;
		this.rollbackOnly = false;
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

	/** What only reads may be repeated, unless it was seen to write all the same. */
	boolean onlyReads() {
		return readOnly() && !mayHaveWritten();
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
	protected @Nullable List<StatementParameter> statementParameters() {
		return this.work.statementParameters();
	}

	@Override
	public String alias() {
		return this.plan.engine().alias();
	}

	@Override
	public int attempt() {
		return (this.aftermath != null) ? this.aftermath.attempt : 1;
	}

	@Override
	public boolean readOnly() {
		return this.plan.readOnly();
	}

	@Override
	public List<@Nullable Object> arguments() {
		return this.work.arguments();
	}

	@Override
	public Map<String, String> tags() {
		return this.work.tags();
	}

	@Override
	public void setRollbackOnly() {
		this.rollbackOnly = true;
	}

	boolean rollbackOnly() {
		return this.rollbackOnly;
	}

	@Override
	protected boolean limitsStatements() {
		return this.work.limitsStatements();
	}

	@Override
	public DataSource dataSource() {
		return this.plan.engine().dataSource();
	}

}
