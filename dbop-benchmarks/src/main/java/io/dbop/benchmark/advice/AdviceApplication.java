package io.dbop.benchmark.advice;

import javax.sql.DataSource;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.retry.annotation.EnableRetry;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** The methods whose advice is measured. They do nothing. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableResilientMethods
@EnableRetry
class AdviceApplication {

	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource) {
		return new NoTransactionManager(dataSource);
	}

	@Bean
	MeterRegistry meterRegistry() {
		return new SimpleMeterRegistry();
	}

	@Bean
	Bare bare() {
		return new Bare();
	}

	@Bean
	Annotated annotated() {
		return new Annotated();
	}

	@Bean
	Beside beside() {
		return new Beside();
	}

	@Bean
	SpringRetryable springRetryable() {
		return new SpringRetryable();
	}

	@Bean
	OldRetryable oldRetryable() {
		return new OldRetryable();
	}

	@Bean
	Resilience4j resilience4j() {
		return new Resilience4j();
	}

	/** Spring's own annotation. */
	static class Bare {

		@Transactional
		public int call(int value) {
			return value;
		}

	}

	/** All three annotations, no other advice. */
	static class Annotated {

		@DbRetry
		@AutoTransaction
		@io.dbop.annotation.CircuitBreaker
		public int call(int value) {
			return value;
		}

	}

	/** Ours beside Spring's. */
	static class Beside {

		@DbRetry
		@io.dbop.annotation.CircuitBreaker
		@Transactional
		public int call(int value) {
			return value;
		}

	}

	/** Spring Framework's own retries. They have no circuit breaker. */
	static class SpringRetryable {

		@Retryable
		@Transactional
		public int call(int value) {
			return value;
		}

	}

	/** The project Spring Retry. */
	static class OldRetryable {

		@org.springframework.retry.annotation.Retryable
		@Transactional
		public int call(int value) {
			return value;
		}

	}

	/** Retry and circuit breaker of Resilience4j. */
	static class Resilience4j {

		@Retry(name = "main")
		@CircuitBreaker(name = "main")
		@Transactional
		public int call(int value) {
			return value;
		}

	}

}
