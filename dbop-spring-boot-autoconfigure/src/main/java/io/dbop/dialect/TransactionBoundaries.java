package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How transactions begin and end on a connection of the driver: by default as JDBC has
 * it. The connection is the driver's, or its pool's, and is used by one thread at a time;
 * an instance keeps nothing of it. Autocommit as the driver has it may be other than
 * those believe who use the connection, as long as nothing is sent.
 */
public interface TransactionBoundaries {

	/**
	 * JDBC's: the driver begins where it is told that nothing commits by itself.
	 */
	TransactionBoundaries JDBC = new TransactionBoundaries() {
	};

	/**
	 * The same for connections that are not seen each time they are used, or whose pool
	 * looks after autocommit itself.
	 * @return what to use there
	 */
	default TransactionBoundaries shared() {
		return this;
	}

	/**
	 * Switches autocommit on or off, while no transaction is open.
	 * @param connection the connection
	 * @param autoCommit whether each statement commits by itself from now on
	 * @throws SQLException if that failed
	 */
	default void autoCommit(Connection connection, boolean autoCommit) throws SQLException {
		connection.setAutoCommit(autoCommit);
	}

	/**
	 * Whether it is left to the first statement that a connection becomes read-only, or
	 * is not any more.
	 * @param connection the connection, on which no transaction is open
	 * @return whether to take note of it only
	 * @throws SQLException if the connection is of no use
	 */
	default boolean defersReadOnly(Connection connection) throws SQLException {
		return false;
	}

	/**
	 * Makes a connection what its user believes it to be: before the first statement is
	 * prepared or sent, no transaction being open.
	 * @param connection the connection
	 * @param readOnly whether it is to be read-only
	 * @throws SQLException if that failed
	 */
	default void agreeOnReadOnly(Connection connection, boolean readOnly) throws SQLException {
	}

	/**
	 * The first statement that commits by itself is about to be sent, since the
	 * connection was taken or autocommit switched on.
	 * @param connection the connection
	 * @throws SQLException if that failed
	 */
	default void beginEach(Connection connection) throws SQLException {
	}

	/**
	 * The first statement or savepoint of a transaction is about to be sent. Comes again
	 * where it has failed, unless the transaction has been rolled back.
	 * @param connection the connection
	 * @param writes whether the transaction may write
	 * @throws SQLException if the transaction cannot write now
	 */
	default void begin(Connection connection, boolean writes) throws SQLException {
	}

	/**
	 * Commits, with autocommit off.
	 * @param connection the connection
	 * @throws SQLException if that failed; the transaction may be open still
	 */
	default void commit(Connection connection) throws SQLException {
		connection.commit();
	}

	/**
	 * Commits, and switches autocommit on.
	 * @param connection the connection
	 * @throws SQLException if that failed; the transaction may be open still
	 */
	default void commitBySwitching(Connection connection) throws SQLException {
		connection.setAutoCommit(true);
	}

	/**
	 * Rolls back, with autocommit off.
	 * @param connection the connection
	 * @throws SQLException if that failed
	 */
	default void rollback(Connection connection) throws SQLException {
		connection.rollback();
	}

}
