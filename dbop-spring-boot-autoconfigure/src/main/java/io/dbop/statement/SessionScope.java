package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;

import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.StatementLimits;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a statement while its session has the limits of that statement. */
final class SessionScope {

	private static final Logger logger = LoggerFactory.getLogger(SessionScope.class);

	private SessionScope() {
	}

	static <R extends @Nullable Object> R within(ConnectionPool pool, Connection connection, StatementLimits limits,
			Execution<R> execution) throws SQLException {
		SessionLimits set = pool.limitSession(connection, limits);
		if (set == null) {
			return execution.run();
		}
		boolean commitsByItself = connection.getAutoCommit();
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
		takeBack(set, commitsByItself);
		return result;
	}

	/**
	 * What has been committed is not to be reported as a failure any more: the connection
	 * goes to nobody else, and that is all.
	 */
	private static void takeBack(SessionLimits set, boolean committed) throws SQLException {
		try {
			set.takeBack(false);
		}
		catch (SQLException ex) {
			if (!committed) {
				throw ex;
			}
			logger.debug("The limits of a statement could not be taken back: its connection is of no more use", ex);
		}
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
