package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;

import io.dbop.failure.Phase;

/**
 * What is known of the transaction on one connection without asking the driver. Used, as
 * the connection is, by one thread at a time.
 */
final class TransactionRecord {

	private final ConnectionPool pool;

	private final TransactionWrites writes;

	private final TransactionStanding standing;

	private boolean autoCommit;

	private boolean begun;

	/** Whether the server has heard of the transaction. */
	private boolean started;

	/** Whether it has heard of it with the statement that was sent last. */
	private boolean beginning;

	/** Whether somebody may do something on the connection past us. */
	private boolean exposed;

	TransactionRecord(ConnectionPool pool, boolean autoCommit) {
		this.pool = pool;
		this.autoCommit = autoCommit;
		this.writes = new TransactionWrites(this);
		this.standing = new TransactionStanding(this);
	}

	ConnectionPool pool() {
		return this.pool;
	}

	/** What may have been written in it. */
	TransactionWrites writes() {
		return this.writes;
	}

	/** What failures have left of it. */
	TransactionStanding standing() {
		return this.standing;
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
	 * The driver's own connection was given away: from now on anything may have happened.
	 */
	void exposed() {
		this.exposed = true;
		this.begun = true;
		this.writes.maybeUnseen();
	}

	/** Whether anything may have been done past us, in this transaction or an earlier. */
	boolean isExposed() {
		return this.exposed;
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
		this.standing.mayBreak(exception);
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
		this.standing.succeeded();
		this.writes.executed(statement, sql);
	}

	void committing() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			ledger.commitBegun(this.writes.any());
		}
	}

	void committed() {
		this.writes.tellOfCommit();
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			ledger.commitConfirmed(this.writes.any());
		}
		ended();
	}

	/**
	 * The transaction is over, by whatever end.
	 */
	void ended() {
		this.writes.ended();
		this.standing.ended();
		this.begun = false;
		this.started = false;
	}

	/**
	 * The transaction is over since its connection is: what fails on it from now on is a
	 * consequence.
	 */
	void endedWithConnection() {
		ended();
		this.standing.gone();
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

}
