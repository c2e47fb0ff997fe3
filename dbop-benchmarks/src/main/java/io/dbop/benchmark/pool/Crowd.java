package io.dbop.benchmark.pool;

import java.time.Duration;

/**
 * Callers in a closed loop: each asks again as soon as it was answered. The pool being
 * busy all the time, Little's law says what it answers and how long a caller waits.
 *
 * @param callers how many there are
 * @param threads what they run on
 */
record Crowd(int callers, Threads threads) {

	/** Connections of the pool. */
	static final int POOL = 20;

	private static final Duration AT_LEAST = Duration.ofSeconds(5);

	/** What the pool can answer in a second. */
	static double limit() {
		return POOL * 1e9 / Visit.QUERY.toNanos();
	}

	/** How long each waits if all are served in turn, in seconds. */
	double fairWait() {
		return (this.callers - POOL) / limit();
	}

	/** All have begun, and most have had a turn. */
	Duration warmUp() {
		return Duration.ofSeconds(1).plus(turns(1.2));
	}

	/** Everybody who is served in turn is served more than once. */
	Duration measured() {
		Duration turns = turns(2.2);
		return (turns.compareTo(AT_LEAST) > 0) ? turns : AT_LEAST;
	}

	private Duration turns(double number) {
		return Duration.ofMillis((long) (number * 1000 * this.callers / limit()));
	}

	@Override
	public String toString() {
		return "%d callers on %s threads".formatted(this.callers, this.threads);
	}

}
