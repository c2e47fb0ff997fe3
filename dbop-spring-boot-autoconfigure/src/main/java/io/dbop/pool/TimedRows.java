package io.dbop.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import io.dbop.failure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are fetched from the server a few at a time, under a deadline: each fetch is
 * ended at it, as a statement is. Made only where there is a deadline when the statement
 * is executed.
 */
final class TimedRows implements InvocationHandler {

	private static final Set<String> FETCHING = Set.of("next", "previous", "first", "last", "absolute", "relative",
			"beforeFirst", "afterLast", "refreshRow", "close");

	private final RecordedConnection connection;

	private final Statement statement;

	private final ResultSet rows;

	private TimedRows(RecordedConnection connection, Statement statement, ResultSet rows) {
		this.connection = connection;
		this.statement = statement;
		this.rows = rows;
	}

	static ResultSet of(RecordedConnection connection, Statement statement, ResultSet rows) {
		return (ResultSet) Proxy.newProxyInstance(TimedRows.class.getClassLoader(), new Class<?>[] { ResultSet.class },
				new TimedRows(connection, statement, rows));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		Object argument = (arguments != null && arguments.length == 1) ? arguments[0] : null;
		if (argument instanceof Class<?> type) {
			return method.getName().equals("unwrap") ? unwrap(type)
					: type.isInstance(this.rows) || this.rows.isWrapperFor(type);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == argument;
			case "hashCode" -> System.identityHashCode(proxy);
			default -> FETCHING.contains(method.getName()) ? fetch(method, arguments) : call(method, arguments);
		};
	}

	private Object unwrap(Class<?> type) throws SQLException {
		return type.isInstance(this.rows) ? this.rows : this.rows.unwrap(type);
	}

	/** To close may read what is left, and must be possible at any time. */
	private @Nullable Object fetch(Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getName().equals("close")) {
			this.connection.beginCleanup();
		}
		else {
			this.connection.begin(this.statement);
		}
		try {
			return call(method, arguments);
		}
		catch (SQLException ex) {
			throw this.connection.failed(Phase.EXECUTING, ex);
		}
		finally {
			this.connection.end();
		}
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.rows, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
