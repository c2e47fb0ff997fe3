package io.dbop.pool;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The highest of the values of the last one to two minutes. A value that is not the
 * highest costs a comparison.
 */
final class RecentMax {

	private static final long SPAN_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final AtomicReference<Span> current = new AtomicReference<>(new Span(System.nanoTime(), 0, 0));

	void add(long now, long value) {
		Span span = at(now);
		while (value > span.max && !this.current.compareAndSet(span, new Span(span.start, value, span.before))) {
			span = at(now);
		}
	}

	long get(long now) {
		Span span = at(now);
		return Math.max(span.max, span.before);
	}

	private Span at(long now) {
		Span span = Objects.requireNonNull(this.current.get());
		while (now - span.start >= SPAN_NANOS) {
			boolean next = now - span.start < 2 * SPAN_NANOS;
			Span begun = new Span(next ? span.start + SPAN_NANOS : now, 0, next ? span.max : 0);
			span = this.current.compareAndSet(span, begun) ? begun : Objects.requireNonNull(this.current.get());
		}
		return span;
	}

	/**
	 * A minute.
	 *
	 * @param start when it began
	 * @param max the highest value in it so far
	 * @param before the highest value of the minute before
	 */
	private record Span(long start, long max, long before) {
	}

}
