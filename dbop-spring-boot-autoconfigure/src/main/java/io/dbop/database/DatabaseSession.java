package io.dbop.database;

import java.sql.Connection;

import io.dbop.statement.StatementSpec;

/**
 * One connection of a database, for work that needs the same one throughout: temporary
 * tables, session settings, transactions that do not end where they began. It takes no
 * part in the transaction of the thread. Statements have their limits and are counted,
 * and nothing is repeated: the connection may be the reason of a failure. Holds its
 * connection until it is closed. Not thread-safe.
 */
public interface DatabaseSession extends AutoCloseable {

	/**
	 * Begins a statement.
	 * @param sql the statement, as for {@link Database#sql}
	 * @return the statement, to be given its parameters
	 */
	StatementSpec sql(String sql);

	/**
	 * Begins a transaction. Until then each statement commits by itself.
	 * @throws IllegalStateException if one is under way
	 */
	void begin();

	/**
	 * Commits the transaction. It is over then, whatever comes of it: one that could not
	 * be committed is rolled back.
	 * @throws IllegalStateException if none is under way
	 * @throws io.dbop.execution.CommitOutcomeUnknownException if the connection failed
	 * meanwhile, so that nobody can tell
	 */
	void commit();

	/**
	 * Rolls the transaction back.
	 * @throws IllegalStateException if none is under way
	 */
	void rollback();

	/**
	 * Whether a transaction is under way.
	 * @return whether {@link #begin()} was called and the transaction has not ended
	 */
	boolean inTransaction();

	/**
	 * The connection, for what is to be done with plain JDBC.
	 * @return the connection, which is closed by the session
	 */
	Connection connection();

	/**
	 * Gives the connection back. A transaction that was not committed is rolled back.
	 * Idempotent.
	 */
	@Override
	void close();

}
