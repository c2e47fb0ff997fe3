package io.dbop.benchmark.pool;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What callers got in a span of time.
 *
 * @param throughput queries in a second, those that were only partly in the span in part
 * @param p99Wait the wait for a connection that 99 % had at most, in seconds
 * @param neverServed how many callers got no connection at all
 * @param failures how often one got none in time
 */
record Figures(double throughput, double p99Wait, int neverServed, long failures) {

	static Figures of(List<Visit> visits, int callers, long failures, long from, long to) {
		double seconds = (to - from) / 1e9;
		double queries = visits.stream().mapToDouble((each) -> each.share(from, to)).sum();
		List<Visit> begun = visits.stream().filter((each) -> each.begunWithin(from, to)).toList();
		Set<Integer> served = new HashSet<>();
		begun.forEach((each) -> served.add(each.caller()));
		int neverServed = callers - served.size();
		return new Figures(queries / seconds, p99(begun, neverServed, seconds), neverServed, failures);
	}

	/** Who never was served has waited for as long as it was looked at, at least. */
	private static double p99(List<Visit> begun, int neverServed, double seconds) {
		double[] waits = new double[begun.size() + neverServed];
		for (int i = 0; i < waits.length; i++) {
			waits[i] = (i < begun.size()) ? begun.get(i).waitSeconds() : seconds;
		}
		Arrays.sort(waits);
		return (waits.length > 0) ? waits[(int) Math.ceil(0.99 * waits.length) - 1] : 0;
	}

}
