package io.dbop.circuit;

import java.time.Duration;

/**
 * The times of the latest failures, as many as open a breaker. Thread-safe.
 */
final class FailureWindow {

	private final long[] times;

	private final long windowNanos;

	private int next;

	private int size;

	FailureWindow(int threshold, Duration window) {
		this.times = new long[threshold];
		this.windowNanos = window.toNanos();
	}

	/**
	 * Notes a failure.
	 * @param now its time in nanoseconds
	 * @return whether as many failures as the threshold lie within the window
	 */
	synchronized boolean record(long now) {
		this.times[this.next] = now;
		this.next = (this.next + 1) % this.times.length;
		this.size = Math.min(this.size + 1, this.times.length);
		return this.size == this.times.length && isWithin(this.times[this.next], now);
	}

	synchronized int count(long now) {
		int count = 0;
		for (int i = 0; i < this.size; i++) {
			if (isWithin(this.times[i], now)) {
				count++;
			}
		}
		return count;
	}

	synchronized void clear() {
		this.next = 0;
		this.size = 0;
	}

	private boolean isWithin(long time, long now) {
		return now - time < this.windowNanos;
	}

}
