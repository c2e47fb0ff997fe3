package io.dbop.database;

import io.dbop.statement.StatementSpec;

/**
 * A transaction under way, for the work that is done in it. Statements of
 * {@code JdbcClient}, {@code JdbcTemplate} or JPA on the same database take part in it as
 * well. Valid during the work, on its thread.
 */
public interface DatabaseTransaction {

	/**
	 * Begins a statement.
	 * @param sql the statement, as for {@link Database#sql}
	 * @return the statement, to be given its parameters
	 */
	StatementSpec sql(String sql);

	/**
	 * Has the transaction rolled back at its end, though the work succeeds. A transaction
	 * of the caller, in which the work takes part, is rolled back as a whole.
	 */
	void setRollbackOnly();

	/**
	 * Whether the transaction will be rolled back.
	 * @return whether {@link #setRollbackOnly()} was called
	 */
	boolean isRollbackOnly();

}
