package io.dbop.benchmark;

import java.util.concurrent.TimeUnit;

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

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the annotations cost around a method that does nothing, against Spring's bare
 * {@code @Transactional} on the same transaction manager.
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

	/** Starts the application. */
	@Setup
	public void start() {
		this.context = new SpringApplicationBuilder(AdviceApplication.class).web(WebApplicationType.NONE)
			.properties("dbop.databases.main.url=jdbc:h2:mem:advice", "logging.level.root=warn",
					"spring.main.banner-mode=off")
			.run();
		this.bare = this.context.getBean(AdviceApplication.Bare.class);
		this.annotated = this.context.getBean(AdviceApplication.Annotated.class);
		this.beside = this.context.getBean(AdviceApplication.Beside.class);
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
	public int springTransactional() {
		return this.bare.call(1);
	}

	/**
	 * Retry, circuit breaker and transaction.
	 * @return the result
	 */
	@Benchmark
	public int allThreeAnnotations() {
		return this.annotated.call(1);
	}

	/**
	 * Retry and circuit breaker, the transaction Spring's.
	 * @return the result
	 */
	@Benchmark
	public int besideTransactional() {
		return this.beside.call(1);
	}

}
