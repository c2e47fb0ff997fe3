package io.dbop.dialect;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * Cancels what runs on a connection of PostgreSQL's driver. A statement that was
 * cancelled by its own method comes back only when the server has answered the cancel,
 * which it may never do; this one leaves it alone.
 */
final class PostgresCancel {

	static final String CONNECTION = "org.postgresql.PGConnection";

	private PostgresCancel() {
	}

	static void cancel(Statement statement) throws SQLException {
		Connection connection = statement.getConnection().unwrap(Connection.class);
		Method cancel = (connection != null) ? cancelOf(connection) : null;
		if (cancel == null) {
			statement.cancel();
			return;
		}
		try {
			cancel.invoke(connection);
		}
		catch (ReflectiveOperationException ex) {
			if (ex.getCause() instanceof SQLException failure) {
				throw failure;
			}
			throw new SQLException("PostgreSQL's driver could not cancel a statement", ex);
		}
	}

	/** By name: the driver need not be there, and may be that of another class loader. */
	private static @Nullable Method cancelOf(Connection connection) {
		try {
			Class<?> type = Class.forName(CONNECTION, false, connection.getClass().getClassLoader());
			return type.isInstance(connection) ? type.getMethod("cancelQuery") : null;
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return null;
		}
	}

}
