package io.dbop.pool;

import java.sql.SQLException;

/**
 * What may have been written on one connection: told to the ledger of the operation that
 * does it, and to whoever listens to the pool. Used, as the connection is, by one thread
 * at a time.
 */
final class TransactionWrites {

	private final TransactionRecord transaction;

	private final ConnectionPool pool;

	private boolean wrote;

	/** Whether who listens is to be told of it with the commit. */
	private boolean toBeTold;

	private Use use = Use.NOTHING;

	TransactionWrites(TransactionRecord transaction) {
		this.transaction = transaction;
		this.pool = transaction.pool();
	}

	/** What the connection has been used for. */
	Use use() {
		return this.use;
	}

	/**
	 * Whether anything may have been written that has not been committed, if only past
	 * us.
	 */
	boolean any() {
		return this.wrote || this.transaction.isExposed();
	}

	/** Whether there are writes that may still be committed. */
	boolean stand() {
		return any() && this.transaction.open();
	}

	/**
	 * A statement succeeded.
	 */
	void executed(RecordedStatement<?> statement, String sql) {
		AttemptLedger ledger = AttemptLedger.current();
		boolean told = ledger != null
				&& (this.transaction.autoCommit() || !this.wrote || !ledger.knowsWritesIn(this.transaction));
		boolean wanted = told || this.use != Use.WRITES || (this.pool.listener() != null && !this.toBeTold);
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

	/** From now on anything may be written past us. */
	void maybeUnseen() {
		used(Use.WRITES);
		tellLedger();
	}

	/** The transaction is over, by whatever end. */
	void ended() {
		if (this.transaction.isExposed()) {
			this.toBeTold = true;
			tellOfCommit();
		}
		this.wrote = false;
		this.toBeTold = false;
	}

	/** What is committed by now is told of now, the rest with its commit. */
	private void noteWritten() {
		this.toBeTold = !this.transaction.autoCommit();
		PoolListener listener = this.pool.listener();
		if (listener != null && this.transaction.autoCommit()) {
			listener.written();
		}
	}

	/** What failed may be in the database all the same, with what was before it. */
	void tellOfFailure(SQLException exception, boolean endedByUs) {
		PoolListener listener = this.pool.listener();
		if (listener != null) {
			listener.written();
			if (!endedByUs && Connector.away(exception, this.pool.dialect())) {
				listener.lost(String.valueOf(exception.getMessage()));
			}
		}
	}

	void tellOfCommit() {
		PoolListener listener = this.pool.listener();
		if (listener != null && this.toBeTold) {
			listener.written();
		}
	}

	/**
	 * A statement that may have committed what was done before it, or a part of its own
	 * work, whether it succeeded or not.
	 */
	void committedBy(RecordedStatement<?> statement, String sql) {
		if (!this.transaction.autoCommit() && AttemptLedger.current() != null && statement.mayCommit(sql)) {
			mayHaveCommitted();
		}
	}

	/**
	 * What was done before, and a part of what is done now, may be committed.
	 */
	void mayHaveCommitted() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null && !this.transaction.autoCommit()) {
			ledger.autocommitted();
		}
	}

	/** Takes note of what the connection is used for, whether that succeeds or not. */
	void used(Use use) {
		if (use.compareTo(this.use) > 0) {
			this.use = use;
		}
	}

	/** Something may have been written. */
	void wrote() {
		used(Use.WRITES);
		noteWritten();
		this.wrote |= tellLedger();
	}

	/**
	 * Whether somebody will want to know how the transaction ends.
	 */
	private boolean tellLedger() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null && this.transaction.autoCommit()) {
			ledger.autocommitted();
			return false;
		}
		if (ledger != null) {
			ledger.wroteIn(this.transaction);
		}
		return ledger != null;
	}

}
