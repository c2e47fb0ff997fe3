package io.dbop.aop;

import org.aopalliance.aop.Advice;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.core.Ordered;

/**
 * The one advisor of all annotations. It stands outside Spring's transaction interceptor,
 * which has the lowest precedence, so that each attempt gets a transaction of its own.
 */
public final class DbopAdvisor extends AbstractPointcutAdvisor {

	/** Just outside what has no order of its own, as Spring's transactions. */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private final transient Pointcut pointcut = new DbopPointcut();

	private final transient Advice advice;

	/**
	 * Creates the advisor.
	 * @param operations resolves the annotated methods
	 */
	public DbopAdvisor(AnnotatedOperations operations) {
		this.advice = new DbopInterceptor(operations);
		setOrder(ORDER);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.advice;
	}

}
