package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;

import io.dbop.dialect.Dialect;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Phase;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the transaction on one connection without asking the driver. Used, as
 * the connection is, by one thread at a time.
 */
final class TransactionRecord {

	private static final int ANSWER_SECONDS = 1;

	private final ConnectionPool pool;

	private boolean autoCommit;

	private boolean begun;

	/** Whether the server has heard of the transaction. */
	private boolean started;

	/** Whether it has heard of it with the statement that was sent last. */
	private boolean beginning;

	private boolean wrote;

	/** The same, in any thread, for whoever listens. */
	private boolean written;

	private Use use = Use.NOTHING;

	private boolean exposed;

	/** The failure that has undone the transaction, which is still open. */
	private @Nullable SQLException undoneBy;

	/** Whether that was in an operation, rather than in code that expects its like. */
	private boolean witnessed;

	private boolean savepointsUndone;

	private boolean lost;

	/** The connection went with the transaction, which counts as rolled back. */
	private boolean gone;

	/** The database has refused the commit, and may have left the transaction open. */
	private boolean commitRefused;

	/** It has not let itself be rolled back. */
	private boolean rollbackFailed;

	private boolean broken;

	TransactionRecord(ConnectionPool pool, boolean autoCommit) {
		this.pool = pool;
		this.autoCommit = autoCommit;
	}

	ConnectionPool pool() {
		return this.pool;
	}

	boolean autoCommit() {
		return this.autoCommit;
	}

	/**
	 * Autocommit was switched on or off: what comes next is the first of its kind, unless
	 * others may have been before.
	 */
	void autoCommit(boolean autoCommit) {
		if (autoCommit != this.autoCommit) {
			this.begun = this.exposed;
			this.started = false;
		}
		this.autoCommit = autoCommit;
	}

	/**
	 * Whether something may have been done in the transaction that is open now.
	 */
	boolean open() {
		return !this.autoCommit && this.begun;
	}

	/**
	 * The same, including what was done past us: who has once seen the driver's
	 * connection may still use it.
	 */
	boolean maybeOpen() {
		return !this.autoCommit && (this.begun || this.exposed);
	}

	/**
	 * Whether a failure has undone the transaction, which is still open.
	 */
	boolean undone() {
		return this.undoneBy != null;
	}

	/**
	 * The driver's own connection was given away: from now on anything may have happened.
	 */
	void exposed() {
		this.exposed = true;
		this.begun = true;
		used(Use.WRITES);
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null && this.autoCommit) {
			ledger.autocommitted();
		}
		else if (ledger != null) {
			ledger.wroteIn(this);
		}
	}

	/**
	 * Something is about to be done in the transaction, or without one.
	 * @return whether it is the first thing since that began
	 */
	boolean executing() {
		boolean first = !this.begun && !this.exposed;
		this.begun = true;
		return first;
	}

	/**
	 * It could not be begun, and is to be with the next thing that is done. The pool need
	 * not have seen why.
	 */
	void begunInVain(SQLException exception) {
		this.begun = false;
		this.broken = this.broken || endsConnection(classify(exception));
	}

	/**
	 * A statement is about to be sent.
	 * @return whether a transaction begins with it
	 */
	boolean starting() {
		this.beginning = !this.autoCommit && !this.started;
		this.started = true;
		return this.beginning;
	}

	/**
	 * The transaction begins before any statement of the caller is sent.
	 * @param begun whether it has begun
	 */
	void begunAlone(boolean begun) {
		this.started = begun;
		this.beginning = false;
	}

	/**
	 * Whether a statement that failed was no part of a transaction: there is none, or it
	 * did not begin.
	 */
	boolean stoodAlone(SQLException exception, Connection connection) {
		return this.autoCommit || (this.beginning && this.pool.dialect().stoodAlone(exception, connection));
	}

	/**
	 * A statement succeeded.
	 */
	void executed(RecordedStatement<?> statement, String sql) {
		if (this.undoneBy != null && this.pool.dialect().errorAbortsTransaction()) {
			// In an aborted transaction nothing succeeds but to go back.
			rolledBackToSavepoint();
		}
		AttemptLedger ledger = AttemptLedger.current();
		boolean told = ledger != null && (this.autoCommit || !this.wrote || !ledger.knowsWritesIn(this));
		boolean wanted = told || this.use != Use.WRITES || (this.pool.listener() != null && !this.written);
		boolean writes = wanted && statement.mayWrite(sql);
		if (ledger == null) {
			this.wrote = true;
		}
		if (told && writes) {
			wrote();
		}
		else if (writes) {
			noteWritten();
		}
		used(writes ? Use.WRITES : Use.READS);
		committedBy(statement, sql);
	}

	/** What is committed by now is told of now, the rest with its commit. */
	private void noteWritten() {
		this.written = !this.autoCommit;
		PoolListener listener = this.pool.listener();
		if (listener != null && this.autoCommit) {
			listener.written();
		}
	}

	/** What failed may be in the database all the same, with what was before it. */
	private void tellOfFailure(SQLException exception, boolean endedByUs) {
		PoolListener listener = this.pool.listener();
		if (listener != null) {
			listener.written();
			if (!endedByUs && Connector.away(exception, this.pool.dialect())) {
				listener.lost(String.valueOf(exception.getMessage()));
			}
		}
	}

	private void tellOfCommit() {
		PoolListener listener = this.pool.listener();
		if (listener != null && this.written) {
			listener.written();
		}
	}

	/**
	 * A statement that may have committed what was done before it, or a part of its own
	 * work, whether it succeeded or not.
	 */
	void committedBy(RecordedStatement<?> statement, String sql) {
		if (!this.autoCommit && AttemptLedger.current() != null && statement.mayCommit(sql)) {
			mayHaveCommitted();
		}
	}

	/**
	 * What was done before, and a part of what is done now, may be committed.
	 */
	void mayHaveCommitted() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null && !this.autoCommit) {
			ledger.autocommitted();
		}
	}

	/** Takes note of what the connection is used for, whether that succeeds or not. */
	void used(Use use) {
		if (use.compareTo(this.use) > 0) {
			this.use = use;
		}
	}

	/** What the connection has been used for. */
	Use use() {
		return this.use;
	}

	/** Something may have been written. */
	void wrote() {
		used(Use.WRITES);
		noteWritten();
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger == null) {
			return;
		}
		if (this.autoCommit) {
			ledger.autocommitted();
		}
		else {
			this.wrote = true;
			ledger.wroteIn(this);
		}
	}

	/** Whether there are writes that may still be committed. */
	boolean holdsWrites() {
		return (this.wrote || this.exposed) && open();
	}

	void committing() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			ledger.commitBegun(this.wrote || this.exposed);
		}
	}

	void committed() {
		tellOfCommit();
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			ledger.commitConfirmed(this.wrote || this.exposed);
		}
		ended();
	}

	/**
	 * The transaction is over, by whatever end.
	 */
	void ended() {
		if (this.exposed) {
			this.written = true;
			tellOfCommit();
		}
		this.begun = false;
		this.started = false;
		this.wrote = false;
		this.written = false;
		this.undoneBy = null;
		this.witnessed = false;
		this.savepointsUndone = false;
		this.lost = false;
		this.commitRefused = false;
		this.rollbackFailed = false;
	}

	/**
	 * The transaction is over since its connection is: what fails on it from now on is a
	 * consequence.
	 */
	void endedWithConnection() {
		ended();
		this.gone = true;
	}

	void rolledBackToSavepoint() {
		if (!this.savepointsUndone) {
			this.undoneBy = null;
			this.witnessed = false;
		}
	}

	/**
	 * A failure that struck before anything was sent.
	 */
	void refused(SQLException exception) {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			Phase phase = this.autoCommit ? Phase.BEGINNING : Phase.EXECUTING;
			ledger.failed(new Trouble.Incident(this.pool, this, phase, exception, true, false));
		}
	}

	/**
	 * Notices a failure that came by no statement of ours, while rows were read or past
	 * us, and has aborted the transaction.
	 */
	void noticeAbort(Connection connection) {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger == null || this.undoneBy != null || !this.pool.dialect().errorAbortsTransaction()
				|| !this.pool.dialect().abortedTransaction(connection)) {
			return;
		}
		this.undoneBy = new SQLException(
				"The transaction was aborted by a failure that came while rows were read, or past this connection",
				"25P02");
		this.witnessed = true;
		ledger.undone(this);
	}

	/**
	 * Refuses what comes after the database has undone the whole transaction: it would be
	 * the beginning of another, without what was done before.
	 */
	void requireStanding() throws SQLException {
		if (this.savepointsUndone) {
			requireCommittable();
		}
	}

	/**
	 * Refuses to commit what is left of a transaction that was undone.
	 */
	void requireCommittable() throws SQLException {
		if (refusesCommit()) {
			throw new SQLException(
					"An earlier failure has undone the transaction on database '%s': it can only be rolled back."
						.formatted(this.pool.alias()),
					"25P02", this.undoneBy);
		}
	}

	boolean refusesCommit() {
		return this.witnessed && this.undoneBy != null;
	}

	/**
	 * Whether what is left of the transaction must not be committed by the way, as
	 * switching autocommit on does: its failure has been told already, or will be.
	 */
	boolean mustNotEndInCommit() {
		return refusesCommit() || this.commitRefused || this.rollbackFailed;
	}

	/**
	 * A failure. After one that leaves nothing of transaction or connection all others
	 * are its consequences, which must not hide it.
	 * @param connection the driver's connection, on which nothing runs
	 */
	void failed(Phase phase, SQLException exception, DeadlineGuard.@Nullable Reason ended, Connection connection) {
		tellOfFailure(exception, ended != null);
		AttemptLedger ledger = AttemptLedger.current();
		boolean consequence = this.undoneBy != null || this.lost || this.gone;
		if (ledger != null && consequence && phase == Phase.COMMITTING) {
			ledger.commitRefused();
		}
		if (consequence) {
			return;
		}
		if ((phase == Phase.EXECUTING || phase == Phase.AUTOCOMMIT) && maybeOpen()) {
			undo(exception, connection);
		}
		if (ledger != null) {
			this.broken = this.broken || endsConnection(classify(exception));
			boolean byDeadline = ended == DeadlineGuard.Reason.DEADLINE;
			ledger.failed(new Trouble.Incident(this.pool, this, phase, exception, byDeadline, true));
			judge(ledger, phase, exception);
		}
	}

	/**
	 * Whether the connection is of no more use, whatever its pool thinks of it.
	 */
	boolean broken() {
		return this.broken;
	}

	/**
	 * Whether a transaction that could not be rolled back is rolled back all the same,
	 * for want of a connection: the server has, or will have, seen to it. A commit in
	 * doubt is not.
	 */
	boolean goneWith(SQLException exception, Connection connection) {
		AttemptLedger ledger = AttemptLedger.current();
		if (this.lost || (!undone() && ledger == null)
				|| (!endsConnection(classify(exception)) && answers(connection))) {
			return false;
		}
		this.broken = true;
		if (ledger != null && ledger.failure() == null) {
			// Whatever came of it, such as rows that broke off, came past us, and before
			// any commit.
			ledger.failed(new Trouble.Incident(this.pool, this, Phase.EXECUTING, exception, false, true));
		}
		return true;
	}

	/** A driver may fail for its own state, and so hide that there is no connection. */
	private static boolean answers(Connection connection) {
		try {
			return connection.isValid(ANSWER_SECONDS);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * The failure of a rollback after another one: without a code of its own, so that it
	 * does not stand in for the other.
	 */
	SQLException rollbackFailed(SQLException exception) {
		this.rollbackFailed = true;
		this.broken = true;
		AttemptLedger ledger = AttemptLedger.current();
		SQLException earlier = (ledger != null) ? ledger.failure() : null;
		if (earlier == null) {
			return exception;
		}
		SQLException failed = new SQLException(
				"The rollback on database '%s' failed after another failure".formatted(this.pool.alias()), exception);
		failed.addSuppressed(earlier);
		return failed;
	}

	/** Whether the server has understood what was asked of it, and does no such thing. */
	boolean declined(SQLException exception) {
		Classification classification = classify(exception);
		return classification != null && classification.kind() == FailureKind.PERMANENT;
	}

	private static boolean endsConnection(@Nullable Classification classification) {
		return classification != null && classification.redo() == Redo.CONNECTION;
	}

	private void judge(AttemptLedger ledger, Phase phase, SQLException exception) {
		if (this.undoneBy != null) {
			this.witnessed = true;
			ledger.undone(this);
		}
		if (phase != Phase.COMMITTING && phase != Phase.AUTOCOMMIT) {
			return;
		}
		Classification classification = classify(exception);
		// There is a connection, so that what commits by itself is no better than COMMIT.
		boolean alone = phase == Phase.AUTOCOMMIT && !this.autoCommit;
		boolean doubtful = alone || (classification != null && classification.outcomeUnknownIn(Phase.COMMITTING));
		if (phase == Phase.AUTOCOMMIT && doubtful) {
			ledger.commitBegun(true);
			this.lost = true;
		}
		else if (phase == Phase.COMMITTING && classification != null && !doubtful) {
			ledger.commitRefused();
			this.commitRefused = true;
		}
		else if (phase == Phase.COMMITTING) {
			this.lost = true;
		}
	}

	private void undo(SQLException exception, Connection connection) {
		Classification classification = classify(exception);
		boolean all = (classification != null && classification.redo().undoesTransaction())
				|| this.pool.dialect().endedTransaction(connection, exception);
		Dialect dialect = this.pool.dialect();
		if (all || (dialect.errorAbortsTransaction() && !dialect.transactionGoesOn(connection))) {
			this.undoneBy = exception;
			this.savepointsUndone = all;
		}
	}

	private @Nullable Classification classify(SQLException exception) {
		Classification classification = SqlExceptionChain.classify(exception, this.pool.dialect()::classify);
		return (classification != null && classification.kind() != FailureKind.UNKNOWN) ? classification : null;
	}

}
