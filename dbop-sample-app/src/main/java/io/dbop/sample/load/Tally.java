package io.dbop.sample.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.dbop.sample.problem.Outcome;

/**
 * Counts what came of the transfers of a load. Thread-safe.
 */
class Tally {

	private final LongAdder acknowledged = new LongAdder();

	private final Map<Outcome, LongAdder> others = new ConcurrentHashMap<>();

	void acknowledged() {
		this.acknowledged.increment();
	}

	void failed(Exception failure) {
		this.others.computeIfAbsent(Outcome.of(failure), (outcome) -> new LongAdder()).increment();
	}

	LoadReport report(long millis, long centsBefore, long centsAfter) {
		long refused = count(Outcome.REFUSED);
		long unavailable = count(Outcome.UNAVAILABLE);
		long doubtful = count(Outcome.DOUBTFUL);
		long failed = count(Outcome.FAILED);
		long sent = this.acknowledged.sum() + refused + unavailable + doubtful + failed;
		return new LoadReport(sent, this.acknowledged.sum(), refused, unavailable, doubtful, failed, millis,
				centsBefore, centsAfter);
	}

	private long count(Outcome outcome) {
		LongAdder count = this.others.get(outcome);
		return (count != null) ? count.sum() : 0;
	}

}
