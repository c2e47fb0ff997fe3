package io.dbop.dialect;

import java.sql.SQLException;

/**
 * Limits that were set on a session for one statement.
 */
@FunctionalInterface
public interface SessionLimits {

	/**
	 * Takes them back. Called once, after the statement, on the same connection.
	 * @param failed whether the statement has failed
	 * @throws SQLException if they could not be taken back: the connection is of no more
	 * use then
	 */
	void takeBack(boolean failed) throws SQLException;

	/**
	 * Takes them back after a failure, which is told whatever comes of that.
	 * @param failure what has failed, if it was a statement that of the driver
	 */
	default void takeBackAfter(Throwable failure) {
		try {
			takeBack(failure instanceof SQLException);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Both, and both are taken back even if one cannot be.
	 * @param one limits
	 * @param other limits
	 * @return limits that stand for both
	 */
	static SessionLimits both(SessionLimits one, SessionLimits other) {
		return (failed) -> {
			try {
				one.takeBack(failed);
			}
			finally {
				other.takeBack(failed);
			}
		};
	}

	/**
	 * Limits, and more that are yet to be set: if they cannot be, none stay.
	 * @param limits limits that were set
	 * @param more sets the others, which are taken back first
	 * @return limits that stand for both
	 * @throws SQLException if the others could not be set
	 */
	static SessionLimits with(SessionLimits limits, Setting more) throws SQLException {
		try {
			return both(more.set(), limits);
		}
		catch (SQLException | RuntimeException ex) {
			limits.takeBackAfter(ex);
			throw ex;
		}
	}

	/** Sets limits. */
	@FunctionalInterface
	interface Setting {

		/**
		 * Sets them.
		 * @return how to take them back
		 * @throws SQLException if they cannot be set
		 */
		SessionLimits set() throws SQLException;

	}

}
