package io.dbop.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Hands the calls of annotated methods to their operations. */
final class DbopInterceptor implements MethodInterceptor {

	private final AnnotatedOperations operations;

	DbopInterceptor(AnnotatedOperations operations) {
		this.operations = operations;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass();
		return this.operations.of(invocation.getMethod(), type).invoke(invocation, this);
	}

}
