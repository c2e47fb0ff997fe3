package io.dbop.aop;

import java.lang.management.ManagementFactory;
import java.util.function.IntUnaryOperator;

import javax.sql.DataSource;

import com.sun.management.ThreadMXBean;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call through the annotations leaves for the garbage collector, once the compiler
 * has seen it often enough. The transaction manager has no database behind it, so that
 * all bytes are those of advice. Compared within one run, and with a margin, since the
 * code coverage that tests run under keeps the compiler from leaving out what it does
 * without: there, three annotations take less than Spring's one.
 */
@Tag("optimized")
class AllocationTests {

	private static final int CALLS = 5_000;

	private static final int ROUNDS = 60;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		application = Applications.start(Beans.class, Applications.inMemory("main"));
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void whenAllThreeAnnotationsStandAloneThenACallTakesAtMost40BytesMore() {
		long spring = bytesPerCall(application.getBean(Bare.class)::call);
		long annotated = bytesPerCall(application.getBean(Annotated.class)::call);
		assertThat(annotated - spring).as("bytes above the %d of Spring's bare @Transactional", spring)
			.isLessThanOrEqualTo(40);
	}

	@Test
	void whenTransactionalIsBesideThenACallTakesAtMost144BytesMore() {
		long spring = bytesPerCall(application.getBean(Bare.class)::call);
		long beside = bytesPerCall(application.getBean(Beside.class)::call);
		assertThat(beside - spring).as("bytes above the %d of Spring's bare @Transactional", spring)
			.isLessThanOrEqualTo(144);
	}

	/** The least of many rounds: the others ran before the compiler was done. */
	private static long bytesPerCall(IntUnaryOperator call) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < CALLS; i++) {
				call.applyAsInt(1);
			}
			least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
		}
		return least;
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Bare.class, Annotated.class, Beside.class })
	static class Beans {

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new NoTransactionManager(dataSource);
		}

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

	static class Bare {

		@Transactional
		public int call(int value) {
			return value;
		}

	}

	static class Annotated {

		@DbRetry
		@AutoTransaction
		@CircuitBreaker
		public int call(int value) {
			return value;
		}

	}

	static class Beside {

		@DbRetry
		@CircuitBreaker
		@Transactional
		public int call(int value) {
			return value;
		}

	}

	/** Spring's machinery without a resource. */
	static final class NoTransactionManager extends AbstractPlatformTransactionManager
			implements ResourceTransactionManager {

		private static final long serialVersionUID = 1L;

		private final transient DataSource dataSource;

		NoTransactionManager(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		@Override
		public Object getResourceFactory() {
			return this.dataSource;
		}

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			// nothing to begin
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			// nothing to commit
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			// nothing to roll back
		}

	}

}
