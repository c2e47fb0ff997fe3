package io.dbop.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts events of the last 15 minutes, in steps of 5 seconds. Each cell holds the number
 * of its step and the count in one value, so that a cell is reused without a lock and
 * nothing is lost.
 */
final class SlidingCount {

	private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int STEPS = 15 * 60 / 5;

	private static final int COUNT_BITS = 32;

	private static final long COUNT_MASK = 0xFFFF_FFFFL;

	private final long origin;

	private final AtomicLongArray cells = new AtomicLongArray(STEPS + 1);

	SlidingCount(long now) {
		this.origin = now;
	}

	void increment(long now) {
		long step = step(now);
		int cell = (int) (step % this.cells.length());
		while (true) {
			long value = this.cells.get(cell);
			boolean current = (value >>> COUNT_BITS) == step;
			long next = current ? value + 1 : (step << COUNT_BITS) + 1;
			if (this.cells.compareAndSet(cell, value, next)) {
				return;
			}
		}
	}

	long sum(Duration span, long now) {
		long step = step(now);
		long back = Math.min(STEPS, Math.max(1, (span.toNanos() + STEP_NANOS - 1) / STEP_NANOS));
		long sum = 0;
		for (int cell = 0; cell < this.cells.length(); cell++) {
			long value = this.cells.get(cell);
			long age = step - (value >>> COUNT_BITS);
			if (age >= 0 && age < back) {
				sum += value & COUNT_MASK;
			}
		}
		return sum;
	}

	/** Starts at 1: a cell of step 0 was never used. */
	private long step(long now) {
		return (now - this.origin) / STEP_NANOS + 1;
	}

}
