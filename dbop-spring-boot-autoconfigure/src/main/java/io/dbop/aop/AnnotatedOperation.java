package io.dbop.aop;

import io.dbop.execution.ExecutionPlan;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method, resolved.
 *
 * @param type the class that it is called on
 * @param plan what its calls run through
 * @param fallback what answers when a call has failed for good
 */
record AnnotatedOperation(Class<?> type, ExecutionPlan plan, @Nullable FallbackMethod fallback) {

	@Nullable Object invoke(MethodInvocation invocation, MethodInterceptor self) throws Throwable {
		InvocationWork work = new InvocationWork(invocation, self);
		if (this.fallback == null) {
			return this.plan.run(work);
		}
		try {
			return this.plan.run(work);
		}
		catch (Exception ex) {
			return this.fallback.answer(invocation, ex);
		}
	}

}
