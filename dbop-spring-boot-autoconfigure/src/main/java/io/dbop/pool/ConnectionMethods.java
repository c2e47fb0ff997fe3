package io.dbop.pool;

import java.lang.reflect.Method;
import java.sql.Connection;

import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * The methods of a data source that give or take a connection. There is one of it, for
 * proxies with the same pointcut share a class: to make one takes long, and it stays for
 * as long as the application does.
 */
final class ConnectionMethods extends StaticMethodMatcherPointcut {

	static final ConnectionMethods INSTANCE = new ConnectionMethods();

	private ConnectionMethods() {
	}

	static boolean gives(Method method) {
		return method.getName().equals("getConnection") && method.getReturnType() == Connection.class;
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		if (gives(method)) {
			return true;
		}
		for (Class<?> parameter : method.getParameterTypes()) {
			if (parameter == Connection.class) {
				return true;
			}
		}
		return false;
	}

}
