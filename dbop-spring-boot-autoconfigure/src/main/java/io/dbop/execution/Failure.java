package io.dbop.execution;

import java.sql.SQLException;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Phase;
import io.dbop.failure.Redo;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * What the failure of an attempt means, with everything known of it.
 *
 * @param kind what happened
 * @param redo how much has to be done again
 * @param outcomeUnknown whether the work may be committed all the same
 * @param phase what the connection was doing
 * @param exception the driver's exception behind it, if there is one
 * @param pool whose connection failed, which need not be that of the operation
 * @param unasked whether neither pool nor database was asked for anything
 */
record Failure(FailureKind kind, Redo redo, boolean outcomeUnknown, Phase phase, @Nullable SQLException exception,
		ConnectionPool pool, boolean unasked) {

	Failure(FailureKind kind, Redo redo, boolean outcomeUnknown, Phase phase, @Nullable SQLException exception,
			ConnectionPool pool) {
		this(kind, redo, outcomeUnknown, phase, exception, pool, false);
	}

	String alias() {
		return this.pool.alias();
	}

	String describe() {
		SQLException sql = this.exception;
		return this.kind + " while " + this.phase + ((sql != null) ? ", " + code(sql) : "");
	}

	/** What a failure is known by, without the words of the driver. */
	static String code(SQLException exception) {
		if (exception.getSQLState() == null && exception.getErrorCode() == 0) {
			return exception.getClass().getSimpleName();
		}
		return "SQLSTATE %s, code %d".formatted(exception.getSQLState(), exception.getErrorCode());
	}

}
