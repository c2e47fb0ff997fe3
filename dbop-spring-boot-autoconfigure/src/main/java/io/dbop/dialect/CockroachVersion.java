package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whether a connection leads to CockroachDB, which calls itself a PostgreSQL in its
 * version: when the connection is made the server names its own one too, and pgjdbc keeps
 * it.
 */
final class CockroachVersion {

	private static final String PARAMETER = "crdb_version";

	private static final DriverMethod PARAMETERS = new DriverMethod(PostgresTransaction.CONNECTION,
			"getParameterStatuses");

	private CockroachVersion() {
	}

	static boolean reported(@Nullable Connection connection) {
		if (connection == null) {
			return false;
		}
		try {
			Connection driver = connection.unwrap(Connection.class);
			Method parameters = PARAMETERS.get(driver.getClass());
			return parameters != null && parameters.invoke(driver) instanceof Map<?, ?> found
					&& found.containsKey(PARAMETER);
		}
		catch (SQLException | IllegalAccessException | InvocationTargetException ex) {
			return false;
		}
	}

}
