package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;

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

	private final ConnectionPool pool;

	private boolean autoCommit;

	private boolean begun;

	private boolean wrote;

	private boolean exposed;

	private @Nullable SQLException undoneBy;

	private boolean savepointsUndone;

	private boolean lost;

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

	void autoCommit(boolean autoCommit) {
		this.autoCommit = autoCommit;
	}

	/**
	 * Whether something may have been done in the transaction that is open now.
	 */
	boolean open() {
		return !this.autoCommit && this.begun;
	}

	/**
	 * Whether a failure has undone the transaction, which is still open.
	 */
	boolean undone() {
		return this.undoneBy != null;
	}

	/**
	 * The failure that has undone the transaction, if one has.
	 */
	@Nullable SQLException undoneBy() {
		return this.undoneBy;
	}

	/**
	 * The driver's own connection was given away: from now on anything may have happened.
	 */
	void exposed() {
		this.exposed = true;
		this.begun = true;
	}

	/**
	 * Something is about to be done in the transaction.
	 * @return whether it is the first thing
	 */
	boolean executing() {
		boolean first = !this.autoCommit && !this.begun;
		this.begun = true;
		return first;
	}

	/**
	 * A statement succeeded.
	 */
	void executed(RecordedStatement<?> statement, String sql) {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger == null) {
			this.wrote = true;
		}
		else if ((this.autoCommit || !this.wrote) && !statement.readsOnly(sql)) {
			wrote(ledger);
		}
	}

	void wrote(AttemptLedger ledger) {
		if (this.autoCommit) {
			ledger.autocommitted();
		}
		else {
			this.wrote = true;
		}
	}

	void committing() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			ledger.commitBegun();
		}
	}

	void committed() {
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
		this.begun = false;
		this.wrote = false;
		this.undoneBy = null;
		this.savepointsUndone = false;
		this.lost = false;
	}

	void rolledBackToSavepoint() {
		if (!this.savepointsUndone) {
			this.undoneBy = null;
		}
	}

	/**
	 * A failure that struck before anything was sent.
	 */
	void refused(SQLException exception) {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			ledger.failed(this.pool, this.autoCommit ? Phase.BEGINNING : Phase.EXECUTING, exception, true);
		}
	}

	/**
	 * A failure. After one that leaves nothing of transaction or connection all others
	 * are its consequences, which must not hide it.
	 * @param connection the driver's connection, on which nothing runs
	 */
	void failed(Phase phase, SQLException exception, boolean byDeadline, Connection connection) {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger == null || phase == Phase.ROLLING_BACK) {
			return;
		}
		if (undone() || this.lost) {
			if (phase == Phase.COMMITTING) {
				ledger.commitRefused();
			}
			return;
		}
		ledger.failed(this.pool, phase, exception, byDeadline);
		judge(ledger, phase, exception, connection);
	}

	/**
	 * Whether a transaction that could not be rolled back is rolled back all the same,
	 * for want of a connection: the server has, or will have, seen to it. A commit in
	 * doubt is not.
	 */
	boolean goneWith(SQLException exception) {
		if (this.lost || (!undone() && AttemptLedger.current() == null)) {
			return false;
		}
		Classification classification = classify(exception);
		return classification != null && classification.redo() == Redo.CONNECTION;
	}

	SQLException rollbackFailed(SQLException exception) {
		AttemptLedger ledger = AttemptLedger.current();
		SQLException earlier = (ledger != null) ? ledger.failure() : null;
		return (earlier != null) ? Refusals.rollback(this.pool.alias(), earlier, exception) : exception;
	}

	private void judge(AttemptLedger ledger, Phase phase, SQLException exception, Connection connection) {
		Classification classification = classify(exception);
		boolean doubtful = classification != null && classification.outcomeUnknownIn(phase);
		if (phase == Phase.COMMITTING && classification != null && !doubtful) {
			ledger.commitRefused();
		}
		else if (phase == Phase.COMMITTING) {
			this.lost = true;
		}
		else if (phase == Phase.AUTOCOMMIT && doubtful) {
			ledger.commitBegun();
			this.lost = true;
		}
		else if (phase == Phase.EXECUTING && !this.autoCommit) {
			undo(ledger, exception, (classification != null && classification.redo().undoesTransaction())
					|| this.pool.dialect().endedTransaction(connection));
		}
	}

	private void undo(AttemptLedger ledger, SQLException exception, boolean all) {
		if (all || this.pool.dialect().errorAbortsTransaction()) {
			this.undoneBy = exception;
			this.savepointsUndone = all;
			ledger.undone(this);
		}
	}

	private @Nullable Classification classify(SQLException exception) {
		Classification classification = SqlExceptionChain.classify(exception, this.pool.dialect()::classify);
		return (classification != null && classification.kind() != FailureKind.UNKNOWN) ? classification : null;
	}

}
