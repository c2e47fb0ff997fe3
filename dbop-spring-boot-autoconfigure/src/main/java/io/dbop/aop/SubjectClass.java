package io.dbop.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.springframework.util.ClassUtils;

/**
 * The class that people know a method by: not the generated one that it is called on.
 */
final class SubjectClass {

	private SubjectClass() {
	}

	static Class<?> of(Method method, Class<?> type) {
		if (!Proxy.isProxyClass(type)) {
			return ClassUtils.getUserClass(type);
		}
		for (Class<?> each : type.getInterfaces()) {
			if (method.getDeclaringClass().isAssignableFrom(each)) {
				return each;
			}
		}
		return method.getDeclaringClass();
	}

}
