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
		try {
			Connection driver = connection.unwrap(Connection.class);
			Method state = STATE.get(driver.getClass());
			return state != null && "FAILED".equals(String.valueOf(state.invoke(driver)));
		}
		catch (SQLException | IllegalAccessException | InvocationTargetException ex) {
			return false;
		}
	}

}
