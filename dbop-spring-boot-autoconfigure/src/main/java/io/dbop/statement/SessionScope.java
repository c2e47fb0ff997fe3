package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;

import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.StatementLimits;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/** Runs a statement while its session has the limits of that statement. */
final class SessionScope {

	private SessionScope() {
	}

	static <R extends @Nullable Object> R within(ConnectionPool pool, Connection connection, StatementLimits limits,
			Execution<R> execution) throws SQLException {
		SessionLimits set = pool.limitSession(connection, limits);
		if (set == null) {
			return execution.run();
		}
		R result;
		try {
			result = execution.run();
		}
		catch (SQLException | RuntimeException | Error ex) {
			try {
				set.takeBack(true);
			}
			catch (SQLException again) {
				ex.addSuppressed(again);
			}
			throw ex;
		}
		set.takeBack(false);
		return result;
	}

	/**
	 * What is run meanwhile.
	 *
	 * @param <R> the kind of result
	 */
	@FunctionalInterface
	interface Execution<R extends @Nullable Object> {

		R run() throws SQLException;

	}

}
