package io.dbop.pool;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Hands out recorded connections in place of a data source's own, and gives the data
 * source its own back where one of its methods takes a connection.
 */
final class RecordingInterceptor implements MethodInterceptor {

	private final ConnectionPool pool;

	RecordingInterceptor(ConnectionPool pool) {
		this.pool = pool;
	}

	ConnectionPool pool() {
		return this.pool;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Method method = invocation.getMethod();
		@Nullable Object[] arguments = invocation.getArguments();
		if (!ConnectionMethods.gives(method)) {
			RecordedConnection given = doneWith(method, arguments);
			unwrap(arguments);
			Object answer = invocation.proceed();
			if (given != null && Boolean.FALSE.equals(answer)) {
				given.leave();
			}
			return answer;
		}
		if (arguments.length == 0) {
			return this.pool.acquisition().acquire();
		}
		return this.pool.acquisition().acquireAs((String) arguments[0], (String) arguments[1]);
	}

	/**
	 * Spring does not close a connection that its data source wants to stay open, and
	 * asks for that when it would.
	 */
	private static @Nullable RecordedConnection doneWith(Method method, @Nullable Object[] arguments) {
		boolean asked = method.getName().equals("shouldClose") && arguments.length == 1;
		return (asked && arguments[0] instanceof RecordedConnection connection) ? connection : null;
	}

	private static void unwrap(@Nullable Object[] arguments) {
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i] instanceof RecordedConnection recorded) {
				arguments[i] = recorded.target();
			}
		}
	}

}
