package io.dbop.replica;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionProxy;

/**
 * A connection that leaves the replica when what was declared read-only has ended:
 * whoever keeps one for several transactions, as JPA does for a request, writes on the
 * primary then. It stays on the primary, where temporary tables and locks may be. Used by
 * one thread.
 */
final class RoutedConnection implements InvocationHandler {

	private static final Class<?>[] INTERFACES = { ConnectionProxy.class };

	private final Source source;

	/** Whoever gets another connection finds it as this one was left. */
	private final Map<String, Setting> settings = new LinkedHashMap<>();

	private Connection current;

	private boolean readOnly;

	/** Whether all that was done here was declared read-only. */
	private boolean onlyRead = true;

	private RoutedConnection(Source source) throws SQLException {
		this.source = source;
		this.current = source.connect();
	}

	/**
	 * Makes a connection.
	 * @param source gives connections each of which goes to one server, which it decides
	 * with its first statement
	 */
	static Connection of(Source source) throws SQLException {
		return (Connection) Proxy.newProxyInstance(RoutedConnection.class.getClassLoader(), INTERFACES,
				new RoutedConnection(source));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		switch (method.getName()) {
			case "equals" -> {
				return arguments != null && proxy == arguments[0];
			}
			case "hashCode" -> {
				return System.identityHashCode(proxy);
			}
			case "setReadOnly" -> readOnly(arguments != null && Boolean.TRUE.equals(arguments[0]));
			default -> note(method, arguments);
		}
		return invoke(this.current, method, arguments);
	}

	private void readOnly(boolean declared) throws Throwable {
		if (this.readOnly && !declared && this.onlyRead && this.current.getAutoCommit()) {
			this.current.close();
			this.current = this.source.connect();
			for (Setting each : this.settings.values()) {
				invoke(this.current, each.method(), each.arguments());
			}
		}
		this.readOnly = declared;
	}

	private void note(Method method, Object @Nullable [] arguments) {
		String name = method.getName();
		if (!name.startsWith("set") || name.equals("setSavepoint") || arguments == null) {
			this.onlyRead = this.onlyRead && (this.readOnly || !reaches(name));
			return;
		}
		boolean named = name.equals("setClientInfo") && arguments.length == 2;
		this.settings.put(named ? name + ' ' + arguments[0] : name, new Setting(method, arguments));
	}

	/** Whether a server has to be chosen for it. */
	private static boolean reaches(String method) {
		return switch (method) {
			case "getAutoCommit", "isReadOnly", "getTransactionIsolation", "getHoldability", "getCatalog", "getSchema",
					"getWarnings", "clearWarnings", "commit", "rollback", "isClosed", "close", "toString" ->
				false;
			default -> true;
		};
	}

	private static @Nullable Object invoke(Connection connection, Method method, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/** Gives connections. */
	@FunctionalInterface
	interface Source {

		Connection connect() throws SQLException;

	}

	/** What was set, and how. */
	private record Setting(Method method, Object[] arguments) {
	}

}
