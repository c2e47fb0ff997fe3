package io.dbop.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the methods of a JMH benchmark, each in a process of its own.
 */
public final class JmhRun {

	private static final String BYTES = "gc.alloc.rate.norm";

	private final Map<String, RunResult> results = new LinkedHashMap<>();

	/**
	 * Runs a benchmark.
	 * @param benchmark its class
	 * @param methods which of its methods, as a regular expression
	 * @param form how thoroughly
	 * @param parameters the values of its parameters, name and value in turn
	 * @throws RunnerException if it cannot be run
	 */
	public JmhRun(Class<?> benchmark, String methods, Form form, String... parameters) throws RunnerException {
		ChainedOptionsBuilder options = new OptionsBuilder()
			.include(benchmark.getName().replace(".", "\\.") + "\\.(" + methods + ")$")
			.addProfiler(GCProfiler.class)
			.forks(1)
			// On two slow cores the compiler takes that long.
			.warmupIterations(8)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(form.choose(4, 7))
			.measurementTime(TimeValue.milliseconds(form.choose(500, 1000)))
			.shouldFailOnError(true);
		for (int i = 0; i < parameters.length; i += 2) {
			options.param(parameters[i], parameters[i + 1]);
		}
		Collection<RunResult> all = new Runner(options.build()).run();
		for (RunResult each : all) {
			this.results.put(each.getPrimaryResult().getLabel(), each);
		}
	}

	/**
	 * How long a method takes.
	 * @param method its name
	 * @return nanoseconds
	 */
	public double nanos(String method) {
		return of(method).getPrimaryResult().getScore();
	}

	/**
	 * What a method allocates.
	 * @param method its name
	 * @return bytes
	 */
	public double bytes(String method) {
		return of(method).getSecondaryResults().get(BYTES).getScore();
	}

	private RunResult of(String method) {
		RunResult result = this.results.get(method);
		if (result == null) {
			throw new IllegalArgumentException("No method %s, but %s".formatted(method, this.results.keySet()));
		}
		return result;
	}

}
