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

}
