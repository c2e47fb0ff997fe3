package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;

/**
 * The socket of MariaDB's driver. While a statement runs its abort asks the server over
 * another connection to end it, and closes the socket only afterwards; and its network
 * timeout waits for the lock that the statement has. The client inside takes another
 * timeout at any time, which counts for all that is read from then on.
 */
final class MariaDbSocket {

	static final String CONNECTION = "org.mariadb.jdbc.Connection";

	static final String CLIENT = "org.mariadb.jdbc.client.Client";

	private static final String ONE_SERVER = "org.mariadb.jdbc.client.impl.StandardClient";

	private static final int MILLIS = 1;

	private static final DriverMethod CLIENT_OF = new DriverMethod(CONNECTION, "getClient");

	private MariaDbSocket() {
	}

	/**
	 * Whether a connection leads to the same server in whichever mode.
	 */
	static boolean ofOneServer(Connection connection) throws IllegalAccessException, InvocationTargetException {
		Method clientOf = CLIENT_OF.get(connection.getClass());
		return clientOf != null && ONE_SERVER.equals(clientOf.invoke(connection).getClass().getName());
	}

	/**
	 * Nothing if it is another driver's connection, or another version's.
	 */
	static void shortenWaits(Connection connection) {
		Method clientOf = CLIENT_OF.get(connection.getClass());
		if (clientOf == null) {
			return;
		}
		try {
			Object client = clientOf.invoke(connection);
			clientOf.getReturnType().getMethod("setSocketTimeout", int.class).invoke(client, MILLIS);
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			// the abort that follows does what it can
		}
	}

}
