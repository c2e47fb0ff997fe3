package io.dbop.scaling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The samples of the last quarter of an hour. Thread-safe.
 */
final class SampleHistory {

	/** A little more, so that a window of this length finds its beginning. */
	private static final Duration LENGTH = Duration.ofMinutes(15).plusSeconds(10);

	private final Deque<Sample> samples = new ArrayDeque<>();

	SampleHistory(Sample first) {
		this.samples.add(first);
	}

	synchronized void add(Sample sample) {
		this.samples.addLast(sample);
		while (this.samples.size() > 1 && sample.at() - this.samples.getFirst().at() > LENGTH.toNanos()) {
			this.samples.removeFirst();
		}
	}

	/**
	 * What happened from the latest sample on that is at least so old, or from the first
	 * one if none is.
	 */
	synchronized Window window(Duration span, Sample now) {
		Sample start = this.samples.getFirst();
		for (Iterator<Sample> each = this.samples.descendingIterator(); each.hasNext();) {
			Sample sample = each.next();
			if (now.at() - sample.at() >= span.toNanos()) {
				start = sample;
				break;
			}
		}
		return now.since(start);
	}

	/** What happened between each two samples, the oldest first. */
	synchronized List<Step> steps() {
		List<Step> steps = new ArrayList<>(this.samples.size());
		Sample before = null;
		for (Sample each : this.samples) {
			if (before != null) {
				steps.add(new Step(each.since(before), each.status()));
			}
			before = each;
		}
		return steps;
	}

}
