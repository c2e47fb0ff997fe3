package io.dbop.aop;

import java.lang.reflect.Method;

import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Matches the methods for which an annotation of dbop holds. */
final class DbopPointcut extends StaticMethodMatcherPointcut {

	DbopPointcut() {
		setClassFilter(Declared::possibleOn);
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return Declared.of(method, targetClass).any();
	}

}
