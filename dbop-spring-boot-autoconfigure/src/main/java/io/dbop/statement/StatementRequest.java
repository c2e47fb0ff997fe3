package io.dbop.statement;

import java.time.Duration;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.StatementLimits;
import io.dbop.sql.SqlStatement;

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

	BoundStatement bind(StatementArguments arguments) {
		return new Binding(this.target.alias(), dialect(), this.statement).bind(arguments);
	}

}
