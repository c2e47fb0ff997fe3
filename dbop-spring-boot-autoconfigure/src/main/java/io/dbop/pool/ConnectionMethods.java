package io.dbop.pool;

import java.lang.reflect.Method;
import java.sql.Connection;

import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * The methods of a data source that give or take a connection.
 */
final class ConnectionMethods extends StaticMethodMatcherPointcut {

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
