package io.dbop.execution;

import io.dbop.pool.AttemptLedger;

/** Arithmetic on values of {@link System#nanoTime()}, which may wrap around. */
final class Deadlines {

	private Deadlines() {
	}

	static long earlier(long one, long other) {
		if (one == AttemptLedger.NO_DEADLINE) {
			return other;
		}
		if (other == AttemptLedger.NO_DEADLINE) {
			return one;
		}
		return (one - other < 0) ? one : other;
	}

}
