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
		PreparedStatement statement = delegate();
		begin();
		try {
			ResultSet result = statement.executeQuery();
			succeeded(sql());
			return result;
		}
		catch (SQLException ex) {
			throw failed(sql(), ex);
		}
		finally {
			end();
		}
	}

	@Override
	default int executeUpdate() throws SQLException {
		PreparedStatement statement = delegate();
		begin();
		try {
			int result = statement.executeUpdate();
			succeeded(sql());
			return result;
		}
		catch (SQLException ex) {
			throw failed(sql(), ex);
		}
		finally {
			end();
		}
	}

	@Override
	default boolean execute() throws SQLException {
		PreparedStatement statement = delegate();
		begin();
		try {
			boolean result = statement.execute();
			succeeded(sql());
			return result;
		}
		catch (SQLException ex) {
			throw failed(sql(), ex);
		}
		finally {
			end();
		}
	}

	@Override
	default long executeLargeUpdate() throws SQLException {
		PreparedStatement statement = delegate();
		begin();
		try {
			long result = statement.executeLargeUpdate();
			succeeded(sql());
			return result;
		}
		catch (SQLException ex) {
			throw failed(sql(), ex);
		}
		finally {
			end();
		}
	}

}
