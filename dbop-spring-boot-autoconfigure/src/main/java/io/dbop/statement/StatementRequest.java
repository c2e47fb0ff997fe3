package io.dbop.statement;

import java.time.Duration;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.StatementLimits;
import io.dbop.sql.SqlStatement;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A statement that is about to be run. Immutable.
 *
 * @param target where it is run
 * @param statement the statement, translated
 * @param form what is asked of it
 * @param options how it is to be run
 */
record StatementRequest(StatementTarget target, SqlStatement statement, StatementForm form, StatementOptions options) {

	Dialect dialect() {
		return this.target.pool().dialect();
	}

	/** Whether it certainly reads only, or was said to. */
	boolean readsOnly() {
		return this.options.readOnly() || this.statement.readsOnly();
	}

	/**
	 * Whether a replica may answer it, if there is one. In a transaction its beginning
	 * has decided that; one of another database keeps the connection for what follows.
	 */
	boolean mayLag() {
		return this.options.readOnly() && this.target.replicated()
				&& !TransactionSynchronizationManager.isSynchronizationActive();
	}

	/** Its own limits, as far as they differ from what is usual. */
	StatementLimits limits() {
		StatementLimits limits = this.options.limits();
		Duration timeout = limits.timeout();
		return (timeout != null && timeout.equals(this.target.usualTimeout())) ? limits.withoutTimeout() : limits;
	}

	/**
	 * The limits that the session has to be told where the text cannot: whoever waits for
	 * the statement ends it at its deadline, so that a shorter time need not be told.
	 */
	StatementLimits sessionLimits() {
		StatementLimits limits = limits();
		Duration timeout = limits.timeout();
		Duration usual = this.target.usualTimeout();
		return (timeout != null && usual != null && timeout.compareTo(usual) < 0) ? limits.withoutTimeout() : limits;
	}

}
