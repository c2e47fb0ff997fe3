package io.dbop.replica;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * A connection beside a pool, on which its server is asked how far it is. Used by one
 * thread.
 */
final class Server implements AutoCloseable {

	private static final int ANSWER_MILLIS = 2000;

	private final ConnectionPool pool;

	private @Nullable Connection connection;

	Server(ConnectionPool pool) {
		this.pool = pool;
	}

	/**
	 * Asks one question.
	 * @return the answer
	 * @throws SQLException if there is none in time; the next question gets another
	 * connection
	 */
	@Nullable String ask(String sql, String... parameters) throws SQLException {
		Connection present = this.connection;
		if (present == null) {
			present = this.pool.connectApart();
			this.connection = present;
			present.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
		}
		try (PreparedStatement statement = present.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setString(i + 1, parameters[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getString(1) : null;
			}
		}
		catch (SQLException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void close() {
		Connection present = this.connection;
		this.connection = null;
		if (present != null) {
			try {
				present.close();
			}
			catch (SQLException ex) {
				// It is of no more use, whatever it says.
			}
		}
	}

}
