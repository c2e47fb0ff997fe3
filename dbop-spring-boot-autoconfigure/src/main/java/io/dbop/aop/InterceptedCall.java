package io.dbop.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.dbop.execution.Call;
import io.dbop.execution.ExecutionPlan;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.DefaultAdvisorChainFactory;
import org.springframework.aop.framework.ReflectiveMethodInvocation;

/**
 * The call of an annotated method. An invocation can be used up only once: going on with
 * it a second time would skip the advice inside ours without a word. So each further
 * attempt runs through what stands inside our advice anew; the first one costs nothing.
 */
final class InterceptedCall extends Call {

	private final MethodInvocation invocation;

	private final MethodInterceptor self;

	InterceptedCall(ExecutionPlan plan, MethodInvocation invocation, MethodInterceptor self) {
		super(plan);
		this.invocation = invocation;
		this.self = self;
	}

	@Override
	public @Nullable Object perform(int attempt) throws Throwable {
		return (attempt == 1) ? this.invocation.proceed() : again();
	}

	@Override
	public List<@Nullable Object> arguments() {
		return Collections.unmodifiableList(Arrays.asList(this.invocation.getArguments()));
	}

	private @Nullable Object again() throws Throwable {
		if (!(this.invocation instanceof ProxyMethodInvocation proxied)
				|| !(proxied.getProxy() instanceof Advised advised)) {
			throw new IllegalStateException("The proxy of " + this.invocation.getMethod()
					+ " hides its advice (opaque), so that the call cannot be repeated");
		}
		Object target = this.invocation.getThis();
		Class<?> type = (target != null) ? target.getClass() : null;
		List<Object> chain = DefaultAdvisorChainFactory.INSTANCE.getInterceptorsAndDynamicInterceptionAdvice(advised,
				this.invocation.getMethod(), type);
		List<Object> inside = chain.subList(chain.indexOf(this.self) + 1, chain.size());
		return new Repetition(proxied, type, inside).proceed();
	}

	/**
	 * The same call, through the advice inside ours. Aspects find there what was bound
	 * for them when the call began.
	 */
	private static final class Repetition extends ReflectiveMethodInvocation {

		private final ProxyMethodInvocation first;

		Repetition(ProxyMethodInvocation first, @Nullable Class<?> type, List<Object> inside) {
			super(first.getProxy(), first.getThis(), method(first), first.getArguments(), type, inside);
			this.first = first;
		}

		@Override
		public void setUserAttribute(String key, @Nullable Object value) {
			this.first.setUserAttribute(key, value);
		}

		@Override
		public @Nullable Object getUserAttribute(String key) {
			return this.first.getUserAttribute(key);
		}

		private static Method method(ProxyMethodInvocation first) {
			return first.getMethod();
		}

	}

}
