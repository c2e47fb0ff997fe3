package io.dbop.aop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.Profiled;
import io.dbop.annotation.TrackSlow;
import io.dbop.test.Applications;
import io.dbop.test.Logs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * {@code @TrackSlow} and {@code @Profiled}. A threshold that no call stays below stands
 * for a long time.
 */
class WatchedMethodsTests {

	private static final String PROFILE = "io.dbop.profile." + Work.class.getName();

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	private final Logs logs = Logs.of("io.dbop.slow");

	private final Work work = application.getBean(Work.class);

	@BeforeAll
	static void start() {
		application = Applications.start(Beans.class, Applications.inMemory("main"), "dbop.slow-query.parameters=full",
				"dbop.slow-query.sensitive-names=iban", "dbop.databases.main.retry.initial-delay=1ms", "slow.from=1ns");
	}

	@AfterAll
	static void closeApplication() {
		application.close();
	}

	@AfterEach
	void close() {
		this.logs.close();
	}

	@Test
	@DisplayName("P4: a slow method is logged once, with arguments and time, secrets left out")
	void whenAMethodIsSlowThenItIsLoggedOnce() {
		this.work.register("Ann", "hunter2", Map.of("iban", "NL1", "age", 7));
		assertThat(only().getFormattedMessage()).matches(
				"The method Work\\.register\\(name='Ann', password=\\*\\*\\*, details=\\{.*}\\) took \\d+ ms and returned")
			.contains("age=7", "iban=***");
		assertThat(only().getMDCPropertyMap()).doesNotContainKey("dbop.alias");
	}

	@Test
	@DisplayName("P4: a slow method is logged also when it fails, without the message of the failure")
	void whenASlowMethodFailsThenItIsLoggedAsFailed() {
		assertThatIllegalStateException().isThrownBy(() -> this.work.fail(1)).withMessage("hunter2");
		assertThat(only().getFormattedMessage())
			.matches("The method Work\\.fail\\(id=1\\) took \\d+ ms and failed with java.lang.IllegalStateException");
		assertThat(only().getThrowableProxy()).isNull();
	}

	@Test
	@DisplayName("P4: what a method is called may tell that its arguments are secrets")
	void whenTheNameOfTheMethodMentionsASecretThenNoArgumentIsTold() {
		this.work.changePassword("hunter2", "hunter3");
		assertThat(only().getFormattedMessage()).contains("changePassword(before=***, after=***)");
	}

	@Test
	void whenACallIsRepeatedThenItIsLoggedOnceForAllAttempts() {
		Flaky flaky = application.getBean(Flaky.class);
		flaky.fail(2);
		this.work.repeated();
		assertThat(flaky.attempts()).isEqualTo(3);
		assertThat(only().getFormattedMessage())
			.matches("Database 'main': the method Work\\.repeated\\(\\) took \\d+ ms and returned");
		assertThat(only().getMDCPropertyMap()).containsEntry("dbop.alias", "main");
	}

	@Test
	void whenACallIsRepeatedInVainThenItIsLoggedOnceAsFailed() {
		application.getBean(Flaky.class).fail(Integer.MAX_VALUE);
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(this.work::repeated);
		assertThat(only().getFormattedMessage()).endsWith("failed with " + CannotAcquireLockException.class.getName());
	}

	@Test
	void whenAFallbackAnswersThenTheCallReturned() {
		application.getBean(Flaky.class).fail(Integer.MAX_VALUE);
		assertThat(this.work.answered()).isEqualTo("instead");
		assertThat(only().getFormattedMessage()).endsWith("and returned");
	}

	@Test
	void whenAMethodIsQuickThenItIsNotLogged() {
		this.work.quick();
		this.work.asConfigured();
		assertThat(this.logs.at(Level.WARN)).isEmpty();
	}

	@Test
	void whenOnAClassAnInterfaceOrAnotherAnnotationThenItHolds() {
		application.getBean(OnClass.class).work();
		assertThat(only().getFormattedMessage()).contains("OnClass.work()");
		application.getBean(OnInterface.class).serve("x");
		assertThat(containing("Implementation.serve(request='x')")).hasSize(1);
		application.getBean(Gateway.class).call("y");
		assertThat(containing("Gateway.call(argument='y')")).hasSize(1);
		this.work.meta();
		assertThat(containing("Work.meta()")).hasSize(1);
	}

	@Test
	void whenWatchedOnlyThenNoTransactionIsOpenedAndALaterResultIsPassedOn() {
		assertThat(this.work.inTransaction()).isFalse();
		assertThat(this.work.later().join()).isEqualTo("later");
	}

	@Test
	@DisplayName("P4: a profile has time, arguments and result, cut and without secrets")
	void whenDebugIsOnThenEachCallIsProfiled() {
		try (Logs profile = Logs.of(PROFILE)) {
			assertThat(this.work.profiled("a".repeat(100), "hunter2")).isEqualTo("result");
			assertThat(profile.at(Level.DEBUG)).hasSize(1);
			assertThat(profile.at(Level.DEBUG).get(0).getFormattedMessage()).matches(
					"Work\\.profiled\\(text='a{19}\\.\\.\\., token=\\*\\*\\*\\) took \\d+\\.\\d+ ms and returned 'result'");
			this.work.profiledNothing();
			assertThat(profile.at(Level.DEBUG).get(1).getFormattedMessage()).endsWith("ms and returned");
			assertThatIllegalStateException().isThrownBy(() -> this.work.profiledFailure());
			assertThat(profile.at(Level.DEBUG).get(2).getFormattedMessage())
				.endsWith("ms and failed with java.lang.IllegalStateException");
		}
	}

	@Test
	void whenDebugIsOffThenNothingOfItIsComputed() {
		((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(PROFILE)).setLevel(Level.INFO);
		AtomicInteger asked = new AtomicInteger();
		Object curious = new Object() {

			@Override
			public String toString() {
				return "asked " + asked.incrementAndGet();
			}

		};
		this.work.profiledObject(curious);
		assertThat(asked).hasValue(0);
		try (Logs profile = Logs.of(PROFILE)) {
			this.work.profiledObject(curious);
			assertThat(asked).hasPositiveValue();
			assertThat(profile.at(Level.DEBUG)).hasSize(1);
		}
	}

	/** Several databases and no primary one, none at all, or the kill switch. */
	@ParameterizedTest
	@ValueSource(strings = { "none=x", "spring.datasource.url=jdbc:h2:mem:watched", "dbop.enabled=false" })
	void whenWatchedOnlyThenItTakesNoDatabase(String property) {
		ApplicationContextRunner runner = Applications.jdbc().withPropertyValues(property).withBean(OnClass.class);
		((property.startsWith("none")) ? runner.withUserConfiguration(TwoDataSources.class) : runner).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(OnClass.class).work();
			assertThat(containing("OnClass.work()")).hasSize(1);
		});
	}

	@Test
	void whenThereIsNoDatabaseThenItWorksAllTheSame() {
		Applications.jdbc().withBean(OnClass.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(OnClass.class).work();
			assertThat(containing("OnClass.work()")).hasSize(1);
		});
	}

	@Test
	void whenTheThresholdIsZeroThenOnlyMethodsWithTheirOwnAreLogged() {
		Applications.jdbc()
			.withPropertyValues("dbop.slow-query.threshold=0", "slow.from=1ns")
			.withBean(Flaky.class)
			.withBean(Work.class)
			.run((context) -> {
				context.getBean(Work.class).asConfigured();
				assertThat(this.logs.at(Level.WARN)).isEmpty();
				context.getBean(Work.class).meta();
				assertThat(containing("Work.meta()")).hasSize(1);
			});
	}

	private ILoggingEvent only() {
		List<ILoggingEvent> events = this.logs.at(Level.WARN);
		assertThat(events).hasSize(1);
		return events.get(0);
	}

	private List<ILoggingEvent> containing(String part) {
		return this.logs.at(Level.WARN).stream().filter((event) -> event.getFormattedMessage().contains(part)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Flaky.class, Work.class, OnClass.class, Implementation.class, GatewayFactory.class })
	static class Beans {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@org.springframework.context.annotation.Bean
		javax.sql.DataSource one() {
			return new org.springframework.jdbc.datasource.DriverManagerDataSource("jdbc:h2:mem:one");
		}

		@org.springframework.context.annotation.Bean
		javax.sql.DataSource two() {
			return new org.springframework.jdbc.datasource.DriverManagerDataSource("jdbc:h2:mem:two");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@TrackSlow
	@interface Watched {

		@AliasFor(annotation = TrackSlow.class, attribute = "threshold")
		String from() default "${slow.from}";

	}

	static class Work {

		private final Flaky flaky;

		Work(Flaky flaky) {
			this.flaky = flaky;
		}

		@TrackSlow(threshold = "1ns")
		public void register(String name, String password, Map<String, Object> details) {
		}

		@TrackSlow("1ns")
		public void fail(int id) {
			throw new IllegalStateException("hunter2");
		}

		@TrackSlow("1ns")
		public void changePassword(String before, String after) {
		}

		@TrackSlow("1ns")
		@DbRetry
		@AutoTransaction
		public void repeated() {
			this.flaky.attempt();
		}

		@TrackSlow("1ns")
		@DbRetry(maxRetries = 0, fallback = "instead")
		public String answered() {
			this.flaky.attempt();
			return "answer";
		}

		String instead() {
			return "instead";
		}

		@TrackSlow("1h")
		public void quick() {
		}

		@TrackSlow
		public void asConfigured() {
		}

		@Watched
		public void meta() {
		}

		@TrackSlow
		public boolean inTransaction() {
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

		@TrackSlow
		public CompletableFuture<String> later() {
			return CompletableFuture.completedFuture("later");
		}

		@Profiled(maxLength = 20)
		public String profiled(String text, String token) {
			return "result";
		}

		@Profiled
		public void profiledNothing() {
		}

		@Profiled
		public void profiledFailure() {
			throw new IllegalStateException("hunter2");
		}

		@Profiled
		public Object profiledObject(Object value) {
			return value;
		}

	}

	@TrackSlow("1ns")
	static class OnClass {

		public void work() {
		}

	}

	interface OnInterface {

		@TrackSlow("1ns")
		void serve(String request);

	}

	static class Implementation implements OnInterface {

		@Override
		public void serve(String request) {
		}

	}

	@TrackSlow("1ns")
	interface Gateway {

		String call(String argument);

	}

	/** Answers without a target, as clients made from interfaces do. */
	static class GatewayFactory implements FactoryBean<Gateway> {

		@Override
		public Gateway getObject() {
			return ProxyFactory.getProxy(Gateway.class,
					(org.aopalliance.intercept.MethodInterceptor) (invocation) -> invocation.getArguments()[0]);
		}

		@Override
		public Class<?> getObjectType() {
			return Gateway.class;
		}

	}

}
