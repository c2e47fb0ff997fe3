package io.dbop.aop;

import io.dbop.execution.Call;
import io.dbop.execution.ExecutionPlan;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method, resolved.
 *
 * @param type the class that it is called on
 * @param plan what its calls run through, {@code null} if it is only watched
 * @param fallback what answers when a call has failed for good
 * @param watch what watches its calls, fallback included
 */
record AnnotatedOperation(Class<?> type, @Nullable ExecutionPlan plan, @Nullable FallbackMethod fallback,
		@Nullable MethodWatch watch) {

	@Nullable Object invoke(MethodInvocation invocation, MethodInterceptor self) throws Throwable {
		return (this.watch != null && this.watch.on()) ? watched(invocation, self, this.watch) : run(invocation, self);
	}

	private @Nullable Object watched(MethodInvocation invocation, MethodInterceptor self, MethodWatch watch)
			throws Throwable {
		long begun = System.nanoTime();
		Object result;
		try {
			result = run(invocation, self);
		}
		catch (Throwable ex) {
			watch.failed(invocation, ex, System.nanoTime() - begun);
			throw ex;
		}
		watch.returned(invocation, result, System.nanoTime() - begun);
		return result;
	}

	private @Nullable Object run(MethodInvocation invocation, MethodInterceptor self) throws Throwable {
		if (this.plan == null) {
			return invocation.proceed();
		}
		Call call = new InterceptedCall(this.plan, invocation, self);
		if (this.fallback == null) {
			return call.run();
		}
		try {
			return call.run();
		}
		catch (Exception ex) {
			return this.fallback.answer(invocation, ex);
		}
	}

}
