package io.dbop.benchmark.advice;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.dbop.benchmark.Applications;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the annotations cost around a method that does nothing, against Spring's bare
 * {@code @Transactional} and against those who retry, on the same transaction manager.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AdviceBenchmark {

	private ConfigurableApplicationContext context;

	private AdviceApplication.Bare bare;

	private AdviceApplication.Annotated annotated;

	private AdviceApplication.Beside beside;

	private AdviceApplication.SpringRetryable springRetryable;

	private AdviceApplication.OldRetryable oldRetryable;

	private AdviceApplication.Resilience4j resilience4j;

	private final FailsafeExecutor<Object> failsafe = Failsafe.with(RetryPolicy.ofDefaults(),
			CircuitBreaker.ofDefaults());

	/**
	 * Starts the application. Resilience4j configures itself only where it is measured:
	 * dbop tells a registry of its, where there is one, of each call.
	 * @param benchmark which method is measured
	 */
	@Setup
	public void start(BenchmarkParams benchmark) {
		Set<String> peers = benchmark.getBenchmark().endsWith(".resilience4j") ? Set.of("io.github.resilience4j.")
				: Set.of();
		this.context = Applications.start(AdviceApplication.class, peers,
				List.of("dbop.databases.main.url=jdbc:h2:mem:advice"));
		this.bare = this.context.getBean(AdviceApplication.Bare.class);
		this.annotated = this.context.getBean(AdviceApplication.Annotated.class);
		this.beside = this.context.getBean(AdviceApplication.Beside.class);
		this.springRetryable = this.context.getBean(AdviceApplication.SpringRetryable.class);
		this.oldRetryable = this.context.getBean(AdviceApplication.OldRetryable.class);
		this.resilience4j = this.context.getBean(AdviceApplication.Resilience4j.class);
	}

	/** Stops the application. */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * Spring's own annotation.
	 * @return the result
	 */
	@Benchmark
	public int transactional() {
		return this.bare.call(1);
	}

	/**
	 * Retry, circuit breaker and transaction.
	 * @return the result
	 */
	@Benchmark
	public int dbop() {
		return this.annotated.call(1);
	}

	/**
	 * Retry and circuit breaker, the transaction Spring's.
	 * @return the result
	 */
	@Benchmark
	public int dbopBesideTransactional() {
		return this.beside.call(1);
	}

	/**
	 * Spring Framework's retry around the transaction.
	 * @return the result
	 */
	@Benchmark
	public int springRetryable() {
		return this.springRetryable.call(1);
	}

	/**
	 * Spring Retry around the transaction.
	 * @return the result
	 */
	@Benchmark
	public int springRetry() {
		return this.oldRetryable.call(1);
	}

	/**
	 * Resilience4j's retry and circuit breaker around the transaction.
	 * @return the result
	 */
	@Benchmark
	public int resilience4j() {
		return this.resilience4j.call(1);
	}

	/**
	 * Failsafe's retry and circuit breaker around the transaction, by hand.
	 * @return the result
	 */
	@Benchmark
	public Object failsafe() {
		return this.failsafe.get(() -> this.bare.call(1));
	}

}
