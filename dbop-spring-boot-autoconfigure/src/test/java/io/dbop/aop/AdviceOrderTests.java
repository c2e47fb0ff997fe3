package io.dbop.aop;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import io.dbop.test.Logs;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Ours among the advice of others. */
class AdviceOrderTests {

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void whenAdviceStandsInsideThenItRunsOncePerAttempt() {
		run(Counting.class, (context, warnings) -> {
			context.getBean(Flaky.class).fail(2);
			assertThat(context.getBean(Work.class).retried()).isEqualTo(3);
			assertThat(context.getBean("inside", Counter.class).count).hasValue(3);
			assertThat(context.getBean("outside", Counter.class).count).hasValue(1);
			assertThat(warnings).isEmpty();
		});
	}

	@Test
	void whenProxiedByAnInterfaceThenTheAnnotationsOfTheClassHoldAndAdviceInsideRunsOncePerAttempt() {
		Applications.jdbc()
			.withPropertyValues(Applications.inMemory("main"), "dbop.databases.main.retry.initial-delay=1ms",
					"spring.aop.proxy-target-class=false")
			.withUserConfiguration(Counting.class)
			.withBean(Flaky.class)
			.withBean(WorkBehindInterface.class)
			.run((context) -> {
				context.getBean(Flaky.class).fail(2);
				Retried bean = context.getBean(Retried.class);
				assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
				assertThat(bean.retried()).isEqualTo(3);
				assertThat(context.getBean("inside", Counter.class).count).hasValue(3);
			});
	}

	@Test
	void whenTransactionalThenEachAttemptHasItsOwnTransaction() {
		run(Plain.class, (context, warnings) -> {
			context.getBean(Flaky.class).fail(1);
			assertThat(context.getBean(Work.class).transactional()).containsExactly("in transaction");
			assertThat(context.getBean(Flaky.class).attempts()).isEqualTo(2);
			assertThat(warnings).isEmpty();
		});
	}

	@Test
	void whenTransactionsStandOutsideThenTheStartWarns() {
		run(TransactionsOutside.class,
				(context, warnings) -> assertThat(warnings).singleElement()
					.asString()
					.contains("method 'transactional'", "TransactionInterceptor stands outside dbop's",
							"@EnableTransactionManagement"));
	}

	@Test
	void whenACacheStandsInsideThenTheStartWarns() {
		run(CacheInside.class, (context, warnings) -> assertThat(warnings).singleElement()
			.asString()
			.contains("method 'cached'", "CacheInterceptor stands inside dbop's", "@EnableCaching(order = ...)"));
	}

	@Test
	void whenACacheStandsOutsideThenWhatItHoldsCostsNoTransaction() {
		run(CacheOutside.class, (context, warnings) -> {
			assertThat(warnings).isEmpty();
			context.getBean(Flaky.class).fail(1);
			Work work = context.getBean(Work.class);
			assertThat(work.cached("a")).isEqualTo(2);
			assertThat(work.cached("a")).isEqualTo(2);
			long calls = context.getBean(DbopEndpoint.class)
				.databases()
				.databases()
				.get("main")
				.operations()
				.get("Work.cached")
				.calls();
			assertThat(calls).isOne();
		});
	}

	@Test
	void whenAsynchronousThenItIsRetriedOnTheOtherThread() {
		run(Asynchronous.class, (context, warnings) -> {
			assertThat(warnings).isEmpty();
			context.getBean(Flaky.class).fail(2);
			CountDownLatch done = new CountDownLatch(1);
			context.getBean(Work.class).asynchronous(done);
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(context.getBean(Flaky.class).attempts()).isEqualTo(3);
		});
	}

	@Test
	void whenAccessIsDeniedThenNothingOfOursRuns() {
		run(Secured.class, (context, warnings) -> {
			assertThat(warnings).isEmpty();
			SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("u", "p", "ROLE_USER"));
			Work work = context.getBean(Work.class);
			context.getBean(Flaky.class).fail(1);
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(work::secured);
			assertThat(context.getBean(Flaky.class).attempts()).isZero();
			SecurityContextHolder.getContext()
				.setAuthentication(new TestingAuthenticationToken("a", "p", "ROLE_ADMIN"));
			assertThat(work.secured()).isEqualTo(2);
		});
	}

	private static void run(Class<?> configuration, Check check) {
		try (Logs logs = Logs.of(AdvisorOrderCheck.class.getName())) {
			Applications.jdbc()
				.withPropertyValues(Applications.inMemory("main"), "dbop.databases.main.retry.initial-delay=1ms",
						"management.endpoints.web.exposure.include=dbop")
				.withUserConfiguration(configuration)
				.withBean(Flaky.class)
				.withBean(Work.class)
				.run((context) -> check.check(context,
						logs.at(Level.WARN).stream().map(ILoggingEvent::getFormattedMessage).toList()));
		}
	}

	private interface Check {

		void check(AssertableApplicationContext context, List<String> warnings) throws Exception;

	}

	static class Work {

		private final Flaky flaky;

		Work(Flaky flaky) {
			this.flaky = flaky;
		}

		@DbRetry
		@AutoTransaction
		public int retried() {
			return this.flaky.attempt();
		}

		@DbRetry
		@Transactional
		List<String> transactional() {
			this.flaky.attempt();
			return List
				.of(TransactionSynchronizationManager.isActualTransactionActive() ? "in transaction" : "without");
		}

		@DbRetry
		@Cacheable("work")
		int cached(String key) {
			return this.flaky.attempt();
		}

		@DbRetry
		@Async
		void asynchronous(CountDownLatch done) {
			this.flaky.attempt();
			done.countDown();
		}

		@DbRetry
		@PreAuthorize("hasRole('ADMIN')")
		int secured() {
			return this.flaky.attempt();
		}

	}

	interface Retried {

		int retried();

	}

	static class WorkBehindInterface extends Work implements Retried {

		WorkBehindInterface(Flaky flaky) {
			super(flaky);
		}

		@Override
		@DbRetry
		@AutoTransaction
		public int retried() {
			return super.retried();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		static Counter inside() {
			return new Counter(Ordered.LOWEST_PRECEDENCE);
		}

		@Bean
		static Counter outside() {
			return new Counter(0);
		}

	}

	static class Counter extends DefaultPointcutAdvisor {

		final transient AtomicInteger count = new AtomicInteger();

		Counter(int order) {
			NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
			pointcut.setMappedName("retried");
			setPointcut(pointcut);
			setOrder(order);
			setAdvice((MethodInterceptor) (invocation) -> {
				this.count.incrementAndGet();
				return invocation.proceed();
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 0, proxyTargetClass = true)
	static class TransactionsOutside {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	@Import(ConcurrentMapCacheManager.class)
	static class CacheInside {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(order = 0)
	@Import(ConcurrentMapCacheManager.class)
	static class CacheOutside {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Asynchronous {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class Secured {

	}

}
