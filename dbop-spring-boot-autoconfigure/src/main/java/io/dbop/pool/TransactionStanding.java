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
 * What failures have left of the transaction on one connection, and of the connection.
 * Used, as the connection is, by one thread at a time.
 */
final class TransactionStanding {

	private static final int ANSWER_SECONDS = 1;

	private final TransactionRecord transaction;

	private final ConnectionPool pool;

	/** The failure that has undone the transaction, which is still open. */
	private @Nullable SQLException undoneBy;

	/** Whether that was in an operation, rather than in code that expects its like. */
	private boolean witnessed;

	/** Whether no savepoint is left that one could go back to. */
	private boolean savepointsUndone;

	/** Nobody knows whether it has been committed. */
	private boolean lost;

	/** The connection went with the transaction, which counts as rolled back. */
	private boolean gone;

	/** The database has refused the commit, and may have left the transaction open. */
	private boolean commitRefused;

	/** It has not let itself be rolled back. */
	private boolean rollbackFailed;

	/** The connection is of no more use. */
	private boolean broken;

	TransactionStanding(TransactionRecord transaction) {
		this.transaction = transaction;
		this.pool = transaction.pool();
	}

	/**
	 * Whether a failure has undone the transaction, which is still open.
	 */
	boolean undone() {
		return this.undoneBy != null;
	}

	/** A statement succeeded: in an aborted transaction none does but to go back. */
	void succeeded() {
		if (this.undoneBy != null && this.pool.dialect().errorAbortsTransaction()) {
			rolledBackToSavepoint();
		}
	}

	void rolledBackToSavepoint() {
		if (!this.savepointsUndone) {
			this.undoneBy = null;
			this.witnessed = false;
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
		ledger.undone(this.transaction);
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
		this.transaction.writes().tellOfFailure(exception, ended != null);
		AttemptLedger ledger = AttemptLedger.current();
		boolean consequence = this.undoneBy != null || this.lost || this.gone;
		if (ledger != null && consequence && phase == Phase.COMMITTING) {
			ledger.commitRefused();
		}
		if (consequence) {
			return;
		}
		if ((phase == Phase.EXECUTING || phase == Phase.AUTOCOMMIT) && this.transaction.maybeOpen()) {
			undo(exception, connection);
		}
		if (ledger != null) {
			mayBreak(exception);
			boolean byDeadline = ended == DeadlineGuard.Reason.DEADLINE;
			ledger.failed(new Trouble.Incident(this.pool, this.transaction, phase, exception, byDeadline, true));
			judge(ledger, phase, exception);
		}
	}

	/** What has failed may have ended the connection. */
	void mayBreak(SQLException exception) {
		this.broken = this.broken || endsConnection(classify(exception));
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
			ledger.failed(new Trouble.Incident(this.pool, this.transaction, Phase.EXECUTING, exception, false, true));
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
			ledger.undone(this.transaction);
		}
		if (phase != Phase.COMMITTING && phase != Phase.AUTOCOMMIT) {
			return;
		}
		Classification classification = classify(exception);
		// There is a connection, so that what commits by itself is no better than COMMIT.
		boolean alone = phase == Phase.AUTOCOMMIT && !this.transaction.autoCommit();
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

	/** The transaction is over, by whatever end. */
	void ended() {
		this.undoneBy = null;
		this.witnessed = false;
		this.savepointsUndone = false;
		this.lost = false;
		this.commitRefused = false;
		this.rollbackFailed = false;
	}

	/** The connection went with the transaction. */
	void gone() {
		this.gone = true;
	}

}
