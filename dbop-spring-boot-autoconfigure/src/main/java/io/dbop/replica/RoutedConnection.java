package io.dbop.replica;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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

	/** What Spring's connection keeps until it has chosen a server. */
	private static final Set<String> ANYWHERE = Set.of("setAutoCommit", "setCatalog", "setHoldability", "setSchema",
			"setTransactionIsolation");

	private static final Set<String> ON_SERVER = Set.of("setClientInfo", "setNetworkTimeout", "setTypeMap");

	private static final Set<String> HARMLESS = Set.of("clearWarnings", "close", "getAutoCommit", "getCatalog",
			"getHoldability", "getSchema", "getTransactionIsolation", "getWarnings", "isClosed", "isReadOnly",
			"toString");

	private final Source source;

	/** Whoever gets another connection finds it as this one was left. */
	private final Map<String, Setting> settings = new LinkedHashMap<>();

	private Connection current;

	private boolean readOnly;

	/** Whether all that was done here was declared read-only. */
	private boolean onlyRead = true;

	/** Whether nothing was done since a transaction has ended. */
	private boolean ended;

	/** Whether there is a connection that lacks some of the settings. */
	private boolean otherwise;

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
		if (this.readOnly && !declared && this.onlyRead && !this.current.isClosed()
				&& (this.ended || this.current.getAutoCommit())) {
			this.current.close();
			this.current = this.source.connect();
			set(false);
			this.otherwise = true;
		}
		this.readOnly = declared;
	}

	/** Sets what was set, or that of it for which a server has to be chosen. */
	private void set(boolean onServer) throws Throwable {
		for (Map.Entry<String, Setting> each : this.settings.entrySet()) {
			if (onServer != ANYWHERE.contains(each.getKey())) {
				invoke(this.current, each.getValue().method(), each.getValue().arguments());
			}
		}
	}

	private void note(Method method, Object @Nullable [] arguments) throws Throwable {
		String name = method.getName();
		if (ANYWHERE.contains(name) && arguments != null) {
			this.settings.put(name, new Setting(method, arguments));
		}
		else if (name.equals("commit") || (name.equals("rollback") && arguments == null)) {
			this.ended = true;
		}
		else if (!HARMLESS.contains(name)) {
			this.ended = false;
			this.onlyRead = this.onlyRead && this.readOnly;
			if (this.otherwise) {
				this.otherwise = false;
				set(true);
			}
		}
		if (ON_SERVER.contains(name) && arguments != null) {
			boolean named = arguments.length == 2 && name.equals("setClientInfo");
			this.settings.put(named ? name + ' ' + arguments[0] : name, new Setting(method, arguments));
		}
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
