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
			// What is compiled how, and inlined, differs from one to the next.
			.forks(form.choose(2, 1))
			.warmupIterations(6)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(3)
			.measurementTime(TimeValue.milliseconds(500))
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
		return median(of(method).getPrimaryResult());
	}

	/**
	 * What a method allocates.
	 * @param method its name
	 * @return bytes
	 */
	public double bytes(String method) {
		return median(of(method).getSecondaryResults().get(BYTES));
	}

	private static double median(org.openjdk.jmh.results.Result<?> result) {
		return result.getStatistics().getPercentile(50);
	}

	private RunResult of(String method) {
		RunResult result = this.results.get(method);
		if (result == null) {
			throw new IllegalArgumentException("No method %s, but %s".formatted(method, this.results.keySet()));
		}
		return result;
	}

}
