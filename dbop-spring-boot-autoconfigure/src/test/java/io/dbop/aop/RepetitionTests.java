package io.dbop.aop;

import java.util.ArrayList;
import java.util.List;

import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;

/** What advice inside ours sees of the second attempt. */
class RepetitionTests {

	@Test
	void whenRepeatedThenAdviceFindsWhatWasBoundOutside() {
		try (ConfigurableApplicationContext application = Applications.start(Beans.class, Applications.inMemory("main"),
				"dbop.databases.main.retry.initial-delay=1ms")) {
			assertThat(application.getBean(Work.class).twice()).isEqualTo(2);
			assertThat(application.getBean(Seen.class).attributes).containsExactly("bound", "bound");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Work.class, Seen.class })
	static class Beans {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static Advisor binding() {
			return advisor(Ordered.HIGHEST_PRECEDENCE + 10, (invocation) -> {
				((ProxyMethodInvocation) invocation).setUserAttribute("key", "bound");
				return invocation.proceed();
			});
		}

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static Advisor reading(Seen seen) {
			return advisor(Ordered.LOWEST_PRECEDENCE, (invocation) -> {
				seen.attributes.add(((ProxyMethodInvocation) invocation).getUserAttribute("key"));
				return invocation.proceed();
			});
		}

		private static Advisor advisor(int order, MethodInterceptor interceptor) {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.addMethodName("twice");
			DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(pointcut, interceptor);
			advisor.setOrder(order);
			return advisor;
		}

	}

	static class Seen {

		final List<@Nullable Object> attributes = new ArrayList<>();

	}

	static class Work {

		private int attempts;

		@DbRetry
		public int twice() {
			this.attempts++;
			if (this.attempts == 1) {
				throw new CannotAcquireLockException("once", new java.sql.SQLException("lock", "40001", 50200));
			}
			return this.attempts;
		}

	}

}
