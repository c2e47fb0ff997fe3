package io.dbop.benchmark;

import javax.sql.DataSource;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** The methods whose advice is measured. They do nothing. */
@SpringBootApplication
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
		@CircuitBreaker
		public int call(int value) {
			return value;
		}

	}

	/** Ours beside Spring's. */
	static class Beside {

		@DbRetry
		@CircuitBreaker
		@Transactional
		public int call(int value) {
			return value;
		}

	}

}
