package io.dbop.aop;

import java.lang.reflect.Method;
import java.util.function.Supplier;

import io.dbop.execution.ExecutionPlan;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * Calls the hooks of an attempt whose transaction Spring opens: inside Spring's
 * interceptor, since a hook runs when the transaction is open. Needed only where there
 * are hooks.
 */
public final class PreAttemptAdvisor extends AbstractPointcutAdvisor {

	private static final MethodInterceptor ADVICE = (invocation) -> {
		ExecutionPlan.prepareAttempt(null);
		return invocation.proceed();
	};

	private final transient Pointcut pointcut;

	/**
	 * Creates the advisor, inside everything of the same precedence that came before it.
	 * @param attributes gives what Spring's interceptor is told of methods, or
	 * {@code null} if there is none; asked late
	 */
	public PreAttemptAdvisor(Supplier<? extends @Nullable TransactionAttributeSource> attributes) {
		this.pointcut = new ManagedMethods(attributes);
		setOrder(Ordered.LOWEST_PRECEDENCE);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return ADVICE;
	}

	/** Methods with our annotations whose transaction Spring manages. */
	private static final class ManagedMethods extends StaticMethodMatcherPointcut {

		private final Supplier<? extends @Nullable TransactionAttributeSource> attributes;

		ManagedMethods(Supplier<? extends @Nullable TransactionAttributeSource> attributes) {
			this.attributes = attributes;
			setClassFilter(Declared::possibleOn);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			if (!Declared.of(method, targetClass).usesDatabase()) {
				return false;
			}
			TransactionAttributeSource source = this.attributes.get();
			return source != null && source.hasTransactionAttribute(method, targetClass);
		}

	}

}
