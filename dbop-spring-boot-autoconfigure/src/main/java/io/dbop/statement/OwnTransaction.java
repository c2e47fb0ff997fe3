package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction for what is done as a whole on a connection that commits each statement
 * otherwise. Used by one thread.
 */
final class OwnTransaction {

	private static final Logger logger = LoggerFactory.getLogger(OwnTransaction.class);

	private final Connection connection;

	private boolean rollbackOnly;

	private OwnTransaction(Connection connection) {
		this.connection = connection;
	}

	static <R extends @Nullable Object> R within(Connection connection, Work<R> work) throws SQLException {
		OwnTransaction transaction = new OwnTransaction(connection);
		connection.setAutoCommit(false);
		R result;
		try {
			result = work.in(transaction);
			transaction.end();
		}
		catch (SQLException | RuntimeException | Error ex) {
			undo(connection::rollback, ex);
			transaction.leave();
			throw ex;
		}
		transaction.leave();
		return result;
	}

	/** Has it come to nothing, although what is done in it succeeds. */
	void setRollbackOnly() {
		this.rollbackOnly = true;
	}

	private void end() throws SQLException {
		if (this.rollbackOnly) {
			this.connection.rollback();
		}
		else {
			this.connection.commit();
		}
	}

	/** What has been committed is not to be reported as a failure any more. */
	private void leave() throws SQLException {
		try {
			this.connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			logger.debug("The connection of a transaction is of no more use", ex);
			this.connection.abort(Runnable::run);
		}
	}

	/** The failure is never replaced by that of undoing what led to it. */
	static void undo(Rollback rollback, Throwable failure) {
		try {
			rollback.run();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/** Of a transaction, or to a savepoint. */
	@FunctionalInterface
	interface Rollback {

		void run() throws SQLException;

	}

	/**
	 * What is done.
	 *
	 * @param <R> the kind of result
	 */
	@FunctionalInterface
	interface Work<R extends @Nullable Object> {

		R in(OwnTransaction transaction) throws SQLException;

	}

}
