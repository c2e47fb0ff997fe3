package io.dbop.pool;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A prepared statement that tells when it is executed, and with what success.
 */
interface ExecutingPreparedStatement extends ExecutingStatement, ForwardingPreparedStatement {

	@Override
	PreparedStatement delegate() throws SQLException;

	/**
	 * What was prepared.
	 */
	String sql();

	@Override
	default ResultSet executeQuery() throws SQLException {
		return rows(tell(delegate(), sql(), (statement, text) -> statement.executeQuery()));
	}

	@Override
	default int executeUpdate() throws SQLException {
		return tell(delegate(), sql(), (statement, text) -> statement.executeUpdate());
	}

	@Override
	default boolean execute() throws SQLException {
		return tell(delegate(), sql(), (statement, text) -> statement.execute());
	}

	@Override
	default long executeLargeUpdate() throws SQLException {
		return tell(delegate(), sql(), (statement, text) -> statement.executeLargeUpdate());
	}

}
