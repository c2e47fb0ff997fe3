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
			unwrap(arguments);
			return invocation.proceed();
		}
		if (arguments.length == 0) {
			return this.pool.acquisition().acquire();
		}
		return this.pool.acquisition().acquireAs((String) arguments[0], (String) arguments[1]);
	}

	private static void unwrap(@Nullable Object[] arguments) {
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i] instanceof RecordedConnection recorded) {
				arguments[i] = recorded.target();
			}
		}
	}

}
