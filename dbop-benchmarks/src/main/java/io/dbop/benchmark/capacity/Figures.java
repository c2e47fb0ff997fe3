package io.dbop.benchmark.capacity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What users got in a span of time.
 *
 * @param span how long it is
 * @param served how many questions were answered
 * @param turnedAway how many got no connection in time
 * @param failed how many failed otherwise
 * @param waits how long each waited for its connection, in nanoseconds, sorted, those
 * turned away included
 */
record Figures(Duration span, int served, int turnedAway, int failed, long[] waits) {

	static Figures of(Collection<Answer> answers, long from, long to) {
		List<Answer> within = answers.stream().filter((each) -> each.at() >= from && each.at() < to).toList();
		int served = (int) within.stream().filter(Answer::served).count();
		int turnedAway = (int) within.stream().filter(Answer::turnedAway).count();
		long[] waits = within.stream().mapToLong(Answer::waitNanos).toArray();
		Arrays.sort(waits);
		return new Figures(Duration.ofNanos(to - from), served, turnedAway, within.size() - served - turnedAway, waits);
	}

	double throughput() {
		return this.served * 1e9 / this.span.toNanos();
	}

	double timeoutRate() {
		int all = this.served + this.turnedAway;
		return (all > 0) ? (double) this.turnedAway / all : 0;
	}

	/** The wait that so large a share of the users had at most, in milliseconds. */
	double waitMillis(double share) {
		if (this.waits.length == 0) {
			return 0;
		}
		int index = (int) Math.ceil(share * this.waits.length) - 1;
		return this.waits[Math.max(0, index)] / 1e6;
	}

}
