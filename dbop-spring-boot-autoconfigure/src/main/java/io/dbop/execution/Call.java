package io.dbop.execution;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.dbop.pool.AttemptLedger;
import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: what it runs, the state that the stages of the plan share, and the
 * ledger of its attempts. All in one, since one is made for each call. Confined to the
 * calling thread.
 */
public abstract class Call extends AttemptLedger implements AttemptContext, Work {

	private static final Object NONE = new Object();

	final ExecutionPlan plan;

	final long startedAt;

	/** Whether this call opened the transaction that it runs in. */
	boolean ownsTransaction;

	/** Whether the attempt runs at a savepoint in a transaction of the caller. */
	boolean atSavepoint;

	/** Whether the attempt runs in a transaction that this call did not open. */
	boolean inOuterTransaction;

	/** What the work returned, known even if the commit after it failed. */
	private @Nullable Object result = NONE;

	private @Nullable Aftermath aftermath;

	/**
	 * Begins a call, which is run at once.
	 * @param plan what it runs through
	 */
	protected Call(ExecutionPlan plan) {
		this.plan = plan;
		this.startedAt = plan.engine().now();
	}

	/**
	 * Runs it.
	 * @return the result
	 * @throws Throwable what the last attempt threw
	 */
	public final @Nullable Object run() throws Throwable {
		open();
		try {
			return this.plan.pipeline().run(this);
		}
		finally {
			close();
		}
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

	/** Whether the owner of the transaction that this call takes part in repeats it. */
	boolean repeatedByOwner() {
		Call owner = outer();
		return owner != null && !this.plan.opensOwnTransaction() && !this.plan.answersFailures()
				&& (owner.ownsTransaction ? owner.plan.retries() : owner.repeatedByOwner());
	}

	/**
	 * Whether a call around this one repeats it, by itself or as the owner of what it
	 * does.
	 */
	boolean repeatedAround() {
		Call caller = around();
		return caller != null && !this.plan.answersFailures()
				&& (caller.plan.retries() || caller.repeatedByOwner() || caller.repeatedAround());
	}

	/** What is not as it is with most calls, from when that is known. */
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
		this.result = NONE;
		this.ownsTransaction = false;
		this.atSavepoint = false;
		this.inOuterTransaction = false;
	}

	/**
	 * Whether a failure has undone the transaction of the thread, which is still open.
	 */
	boolean undone() {
		if (!transactionUndone(this.plan.engine().pool())) {
			return false;
		}
		Connection connection = this.plan.engine().transactions().connection();
		return connection == null || transactionUndone(connection);
	}

	/** Whether with this failure nothing is left of it, savepoints included. */
	boolean undoneWith(Throwable thrown) {
		Failure failure = judge(thrown);
		if (!failure.redo().undoesTransaction()) {
			return false;
		}
		Connection connection = this.plan.engine().transactions().connection();
		return connection == null || failure.exception() != failure() || !failedBeside(connection);
	}

	/** The attempt has been undone as far as its savepoint. */
	void undoneToSavepoint() {
		DatabaseEngine engine = this.plan.engine();
		rolledBackOn(engine.pool(), engine.transactions().connection());
	}

	/**
	 * Whether a call needs a savepoint in a transaction that it finds: to repeat an
	 * attempt, or to answer a failure without making the transaction useless.
	 */
	boolean nests() {
		boolean repeats = this.plan.retries() && !repeatedByOwner();
		return (repeats || this.plan.answersFailures()) && this.plan.engine().transactions().savepointsSuffice();
	}

	/** What only reads may be repeated, unless it was seen to write all the same. */
	boolean onlyReads() {
		return readOnly() && !mayHaveWritten();
	}

	/** What answers in place of the operation is no part of it. */
	@Nullable Object answered(Supplier<@Nullable Object> fallback) {
		return afterwards(fallback);
	}

	/** Nor what those do who are told of it. */
	void told(Runnable listener) {
		aftermath().extended = true;
		try {
			this.<Boolean, RuntimeException>aside(() -> {
				listener.run();
				return true;
			});
		}
		finally {
			aftermath().extended = false;
		}
	}

	/** Whether a hook or a listener of a call around this one makes it. */
	boolean withinExtension() {
		Call each = around();
		while (each != null && !(each.aftermath != null && each.aftermath.extended)) {
			each = each.around();
		}
		return each != null;
	}

	CommitVerifier.Verdict verifiedBy(CommitVerifier verifier) throws Exception {
		return aside(() -> verifier.verify(this));
	}

	void resolved(CommitVerifier.Verdict verdict) {
		if (verdict != CommitVerifier.Verdict.UNKNOWN) {
			commitResolved(verdict == CommitVerifier.Verdict.COMMITTED);
		}
	}

	void complete(@Nullable Object result) {
		this.result = result;
	}

	/** Whether the work of the attempt was done. */
	boolean hasResult() {
		return this.result != NONE;
	}

	@Nullable Object result() {
		return this.result;
	}

	@Override
	public String operation() {
		return this.plan.name();
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
		return Work.super.arguments();
	}

	@Override
	public Map<String, String> tags() {
		return Work.super.tags();
	}

	@Override
	public boolean limitsStatements() {
		return Work.super.limitsStatements();
	}

	@Override
	public @Nullable List<StatementParameter> statementParameters() {
		return Work.super.statementParameters();
	}

	@Override
	public void setRollbackOnly() {
		aftermath().rollbackOnly = true;
	}

	/** Whether the transaction is to be rolled back in spite of success. */
	boolean rollbackOnly() {
		return this.aftermath != null && this.aftermath.rollbackOnly;
	}

	@Override
	public DataSource dataSource() {
		DataSource single = (this.aftermath != null) ? this.aftermath.dataSource : null;
		return (single != null) ? single : this.plan.engine().dataSource();
	}

}
