package io.dbop.pool;

import java.sql.SQLException;

/**
 * What a transaction says when it cannot be ended as was asked, because of an earlier
 * failure that it names.
 */
final class Refusals {

	/** "In failed SQL transaction", as PostgreSQL has it. */
	private static final String TRANSACTION_ABORTED = "25P02";

	private Refusals() {
	}

	/**
	 * Rolls back instead of committing: not every transaction manager does so when a
	 * commit has failed.
	 */
	static SQLException commit(String alias, SQLException failure, Rollback rollback) {
		SQLException refusal = new SQLException(
				("The transaction on database '%s' was rolled back instead of committed: a failure in it, which the "
						+ "code caught, had undone it. Let such a failure pass, or run what may fail at a savepoint.")
					.formatted(alias),
				TRANSACTION_ABORTED, failure);
		try {
			rollback.run();
		}
		catch (SQLException ex) {
			refusal.addSuppressed(ex);
		}
		return refusal;
	}

	/**
	 * Without a code of its own, so that nobody takes it for the reason of the rollback.
	 */
	static SQLException rollback(String alias, SQLException earlier, SQLException exception) {
		SQLException failed = new SQLException(
				"The rollback on database '%s' failed as well, after the failure that is suppressed in this exception"
					.formatted(alias),
				exception);
		if (failed != earlier) {
			failed.addSuppressed(earlier);
		}
		return failed;
	}

	/** Undoes the transaction. */
	@FunctionalInterface
	interface Rollback {

		void run() throws SQLException;

	}

}
