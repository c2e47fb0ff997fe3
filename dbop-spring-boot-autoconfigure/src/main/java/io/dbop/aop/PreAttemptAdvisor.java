package io.dbop.aop;

import java.lang.reflect.Method;

import io.dbop.execution.ExecutionPlan;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls the hooks of an attempt whose transaction Spring opens: inside Spring's
 * interceptor, since a hook runs when the transaction is open. Needed only where there
 * are hooks.
 */
public final class PreAttemptAdvisor extends AbstractPointcutAdvisor {

	private static final MethodInterceptor ADVICE = (invocation) -> {
		ExecutionPlan.prepareAttempt();
		return invocation.proceed();
	};

	private final transient Pointcut pointcut = new ManagedMethods();

	/**
	 * Creates the advisor, inside everything of the same precedence that came before it.
	 */
	public PreAttemptAdvisor() {
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

	/** Methods with both our annotations and Spring's. */
	private static final class ManagedMethods extends StaticMethodMatcherPointcut {

		ManagedMethods() {
			setClassFilter(Declared::possibleOn);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			boolean managed = AnnotatedElementUtils.hasAnnotation(method, Transactional.class)
					|| AnnotatedElementUtils.hasAnnotation(targetClass, Transactional.class);
			return managed && Declared.of(method, targetClass).any();
		}

	}

}
