package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What pgjdbc knows of its transaction: the server says with each answer whether it has
 * been aborted. The driver commits such a one without a word.
 */
final class PostgresTransaction {

	static final String CONNECTION = "org.postgresql.jdbc.PgConnection";

	private static final DriverMethod STATE = new DriverMethod(CONNECTION, "getTransactionState");

	private PostgresTransaction() {
	}

	static boolean aborted(Connection connection) {
		return "FAILED".equals(state(connection));
	}

	/**
	 * Whether it goes on, as it does after a failure of which the server has not heard.
	 */
	static boolean goesOn(Connection connection) {
		return "OPEN".equals(state(connection));
	}

	/** What the driver says, empty if it is another one. */
	private static String state(Connection connection) {
		try {
			Connection driver = connection.unwrap(Connection.class);
			Method state = STATE.get(driver.getClass());
			return (state != null) ? String.valueOf(state.invoke(driver)) : "";
		}
		catch (SQLException | IllegalAccessException | InvocationTargetException ex) {
			return "";
		}
	}

}
