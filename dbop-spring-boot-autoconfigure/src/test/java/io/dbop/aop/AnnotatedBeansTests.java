package io.dbop.aop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.ExecutionListener;
import io.dbop.test.Applications;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Where the annotations can stand, and what their attributes do. */
class AnnotatedBeansTests {

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	private final Flaky flaky = application.getBean(Flaky.class);

	@BeforeAll
	static void start() {
		application = Applications.start(Beans.class, Applications.inMemory("main"), Applications.inMemory("reporting"),
				"dbop.databases.main.retry.initial-delay=1ms", "work.delay=7ms");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void forgetWaits() {
		application.getBean(Waits.class).delays.clear();
	}

	@Test
	void whenOnAClassThenItHoldsForAllMethodsButThoseWithTheirOwn() {
		OnClass bean = application.getBean(OnClass.class);
		assertThat(attemptsOf(bean::asTheClassSays)).isEqualTo(2);
		assertThat(attemptsOf(bean::asTheMethodSays)).isEqualTo(3);
	}

	@Test
	void whenOnAnInterfaceThenItHoldsForTheImplementation() {
		assertThat(attemptsOf(application.getBean(Work.class)::work)).isEqualTo(3);
	}

	@Test
	void whenOnAnotherAnnotationThenItHoldsWithTheAttributesGivenThere() {
		Meta bean = application.getBean(Meta.class);
		assertThat(attemptsOf(bean::asUsual)).isEqualTo(2);
		assertThat(attemptsOf(bean::fourTimes)).isEqualTo(5);
		assertThat(bean.inTransactionOnReporting()).isTrue();
	}

	@Test
	void whenADurationIsAPlaceholderThenItIsResolved() {
		assertThat(attemptsOf(application.getBean(Placeholders.class)::waiting)).isEqualTo(2);
		assertThat(application.getBean(Waits.class).delays).containsExactly(Duration.ofMillis(7));
	}

	@Test
	void whenADatabaseIsNamedThenItsTransactionIsOpen() {
		OnReporting bean = application.getBean(OnReporting.class);
		assertThat(bean.write()).isTrue();
		assertThat(bean.read()).isOne();
	}

	@Test
	void whenAPrototypeThenEachInstanceIsRetried() {
		for (int i = 0; i < 2; i++) {
			assertThat(attemptsOf(application.getBean(Prototype.class)::work)).isEqualTo(2);
		}
	}

	private int attemptsOf(Runnable work) {
		this.flaky.fail(Integer.MAX_VALUE);
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(work::run);
		return this.flaky.attempts();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Flaky.class, Waits.class, OnClass.class, Implementation.class, Meta.class, Placeholders.class,
			OnReporting.class })
	static class Beans {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Prototype prototype(Flaky flaky) {
			return new Prototype(flaky);
		}

	}

	/** Notes how long is waited. */
	static class Waits implements ExecutionListener {

		final List<Duration> delays = new ArrayList<>();

		@Override
		public void onRetry(AttemptContext context, Throwable failure, Duration delay) {
			this.delays.add(delay);
		}

	}

	@DbRetry(maxRetries = 1)
	static class OnClass {

		private final Flaky flaky;

		OnClass(Flaky flaky) {
			this.flaky = flaky;
		}

		int asTheClassSays() {
			return this.flaky.attempt();
		}

		@DbRetry(maxRetries = 2)
		int asTheMethodSays() {
			return this.flaky.attempt();
		}

	}

	interface Work {

		@DbRetry(maxRetries = 2)
		void work();

	}

	static class Implementation implements Work {

		private final Flaky flaky;

		Implementation(Flaky flaky) {
			this.flaky = flaky;
		}

		@Override
		public void work() {
			this.flaky.attempt();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@DbRetry
	@AutoTransaction
	@interface Resilient {

		@AliasFor(annotation = DbRetry.class, attribute = "maxRetries")
		int times() default 1;

		@AliasFor(annotation = AutoTransaction.class, attribute = "database")
		String database() default "";

	}

	static class Meta {

		private final Flaky flaky;

		Meta(Flaky flaky) {
			this.flaky = flaky;
		}

		@Resilient
		void asUsual() {
			this.flaky.attempt();
		}

		@Resilient(times = 4)
		void fourTimes() {
			this.flaky.attempt();
		}

		@Resilient(database = "reporting")
		boolean inTransactionOnReporting() {
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

	}

	static class Placeholders {

		private final Flaky flaky;

		Placeholders(Flaky flaky) {
			this.flaky = flaky;
		}

		@DbRetry(maxRetries = 1, initialDelay = "${work.delay}", jitter = 0, totalTimeout = "${work.total:5s}")
		void waiting() {
			this.flaky.attempt();
		}

	}

	static class OnReporting {

		private final JdbcClient reporting;

		OnReporting(@Qualifier("reporting") JdbcClient reporting) {
			this.reporting = reporting;
		}

		@AutoTransaction(database = "reporting")
		boolean write() {
			this.reporting.sql("create table report (id int)").update();
			this.reporting.sql("insert into report values (1)").update();
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

		@AutoTransaction(database = "reporting", readOnly = true)
		int read() {
			return this.reporting.sql("select count(*) from report").query(Integer.class).single();
		}

	}

	static class Prototype {

		private final Flaky flaky;

		Prototype(Flaky flaky) {
			this.flaky = flaky;
		}

		@DbRetry(maxRetries = 1)
		void work() {
			this.flaky.attempt();
		}

	}

}
