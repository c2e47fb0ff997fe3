package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Autocommit is switched when the next statement needs it. A connection on which one
 * transaction follows another is never switched: two round trips less for each, where the
 * driver sends the switch to the server, and no commit besides where it makes one of it.
 * A statement that commits by itself takes one, after a transaction.
 * <p>
 * Autocommit stays off when the connection goes back to its pool, which must not know of
 * it: it would switch it on. So the driver's own connection is switched, and the pool
 * must be one whose connections are always used through here.
 */
class DeferredAutoCommit implements TransactionBoundaries {

	@Override
	public TransactionBoundaries shared() {
		return JDBC;
	}

	@Override
	public void autoCommit(Connection connection, boolean autoCommit) throws SQLException {
		// The next statement does it.
	}

	@Override
	public void beginEach(Connection connection) throws SQLException {
		require(connection, true);
	}

	@Override
	public void begin(Connection connection, boolean writes) throws SQLException {
		require(connection, false);
	}

	private static void require(Connection connection, boolean autoCommit) throws SQLException {
		Connection driver = connection.unwrap(Connection.class);
		if (driver.getAutoCommit() != autoCommit) {
			driver.setAutoCommit(autoCommit);
		}
	}

	/** The pool's own answer may be another. */
	private static boolean begun(Connection connection) throws SQLException {
		return !connection.unwrap(Connection.class).getAutoCommit();
	}

	/**
	 * Where autocommit is still on nothing has been done.
	 */
	@Override
	public void commit(Connection connection) throws SQLException {
		if (begun(connection)) {
			connection.commit();
		}
	}

	@Override
	public void commitBySwitching(Connection connection) throws SQLException {
		commit(connection);
	}

	@Override
	public void rollback(Connection connection) throws SQLException {
		if (begun(connection)) {
			connection.rollback();
		}
	}

}
