package io.dbop.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the database tells of itself. Before the database is asked, and not the driver
 * alone, the connection is told: nothing of that is recorded.
 */
final class Catalogue implements InvocationHandler {

	private static final Set<String> KNOWN_TO_DRIVER = Set.of("getDatabaseProductName", "getDatabaseProductVersion",
			"getDatabaseMajorVersion", "getDatabaseMinorVersion", "getDriverName", "getDriverVersion",
			"getDriverMajorVersion", "getDriverMinorVersion", "getJDBCMajorVersion", "getJDBCMinorVersion", "getURL",
			"getIdentifierQuoteString", "toString");

	private final TransactionalConnection connection;

	private final DatabaseMetaData metaData;

	private Catalogue(TransactionalConnection connection, DatabaseMetaData metaData) {
		this.connection = connection;
		this.metaData = metaData;
	}

	static DatabaseMetaData of(TransactionalConnection connection, DatabaseMetaData metaData) {
		return (DatabaseMetaData) Proxy.newProxyInstance(Catalogue.class.getClassLoader(),
				new Class<?>[] { DatabaseMetaData.class }, new Catalogue(connection, metaData));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		String name = method.getName();
		return switch (name) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "getConnection" -> this.connection;
			default -> {
				if (!name.startsWith("supports") && !KNOWN_TO_DRIVER.contains(name)) {
					this.connection.asking();
				}
				yield call(method, arguments);
			}
		};
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.metaData, arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getCause();
			throw (cause instanceof SQLException || cause instanceof RuntimeException) ? cause : ex;
		}
	}

}
