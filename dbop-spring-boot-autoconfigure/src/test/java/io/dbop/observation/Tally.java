package io.dbop.observation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.dbop.failure.FailureKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What was counted, by alias, meter and kind, state or outcome: by callers, or by meters.
 */
final class Tally {

	/** Of these there is one per state of a breaker, whoever changed it. */
	private static final Set<String> NOT_COUNTED = Set.of("dbop.circuit.changes", "dbop.cache.gets");

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	/** What the meters say. */
	static Tally of(MeterRegistry registry) {
		Tally tally = new Tally();
		for (Meter meter : registry.getMeters()) {
			String alias = meter.getId().getTag("alias");
			String name = meter.getId().getName();
			if (alias == null || NOT_COUNTED.contains(name)) {
				continue;
			}
			String kind = meter.getId().getTag("kind");
			String outcome = meter.getId().getTag("outcome");
			String key = key(alias, name, (kind != null) ? kind : (outcome != null) ? outcome : "");
			if (meter instanceof FunctionCounter counter) {
				tally.add(key, (long) counter.count());
			}
			else if (meter instanceof FunctionTimer timer) {
				tally.add(key, (long) timer.count());
			}
		}
		return tally;
	}

	void add(String alias, String meter) {
		add(key(alias, meter, ""), 1);
	}

	void add(String alias, String meter, long count) {
		add(key(alias, meter, ""), count);
	}

	void error(String alias, FailureKind kind) {
		add(key(alias, "dbop.errors", kind.name().toLowerCase(java.util.Locale.ROOT)), 1);
	}

	void outcome(String alias, String outcome) {
		add(key(alias, "dbop.retries.outcomes", outcome), 1);
	}

	private void add(String key, long count) {
		this.counts.computeIfAbsent(key, (any) -> new LongAdder()).add(count);
	}

	private static String key(String alias, String meter, String tag) {
		return (alias + " " + meter + " " + tag).strip();
	}

	/** What was counted since an earlier look, without zeros. */
	Map<String, Long> since(Tally before) {
		Map<String, Long> difference = new TreeMap<>();
		this.counts.forEach((key, count) -> {
			LongAdder earlier = before.counts.get(key);
			long since = count.sum() - ((earlier != null) ? earlier.sum() : 0);
			if (since != 0) {
				difference.put(key, since);
			}
		});
		return difference;
	}

}
