package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * The mode of a connection is switched likewise, when the next statement needs it: a
 * connection on which one read-only transaction follows another stays read-only. Where
 * the driver does not remember the mode, and would have to ask the server, or chooses the
 * server by it, it is switched as JDBC has it.
 */
final class DeferredReadOnly extends DeferredAutoCommit {

	static final String MYSQL_CONNECTION = "com.mysql.cj.jdbc.ConnectionImpl";

	/** Without parameters it asks the server. */
	private static final DriverMethod OF_MYSQL = new DriverMethod(MYSQL_CONNECTION, "isReadOnly", boolean.class);

	private static final DriverMethod OF_MARIADB = new DriverMethod(MariaDbSocket.CONNECTION, "isReadOnly");

	@Override
	public boolean defersReadOnly(Connection connection) throws SQLException {
		return readOnly(connection.unwrap(Connection.class)) != null;
	}

	@Override
	public void agreeOnReadOnly(Connection connection, boolean readOnly) throws SQLException {
		Boolean known = readOnly(connection.unwrap(Connection.class));
		if (known != null && known != readOnly) {
			connection.setReadOnly(readOnly);
		}
	}

	/** What the driver remembers, {@code null} if it does not. */
	private static @Nullable Boolean readOnly(Connection driver) {
		Method ofMySql = OF_MYSQL.get(driver.getClass());
		Method ofMariaDb = OF_MARIADB.get(driver.getClass());
		try {
			if (ofMySql != null) {
				return (Boolean) ofMySql.invoke(driver, false);
			}
			return (ofMariaDb != null && MariaDbSocket.ofOneServer(driver)) ? (Boolean) ofMariaDb.invoke(driver) : null;
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			return null;
		}
	}

}
