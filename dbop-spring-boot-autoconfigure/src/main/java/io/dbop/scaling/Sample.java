package io.dbop.scaling;

import io.dbop.pool.PoolCounts;
import io.dbop.pool.PoolStatus;

/**
 * All figures of a database at one moment.
 *
 * @param at when, as of {@link System#nanoTime()}
 * @param pool what callers of its pool have met with so far
 * @param calls what its operations have done so far
 * @param status the pool at that moment
 * @param heldNanos how long connections have been held so far, all together, those that
 * are held still included
 * @param slowNanos how long slow statements have been executed so far, likewise
 */
record Sample(long at, PoolCounts pool, CallCounts calls, PoolStatus status, long heldNanos, long slowNanos) {

	Window since(Sample earlier) {
		return new Window(Math.max(0, this.at - earlier.at), this.pool.since(earlier.pool),
				this.calls.since(earlier.calls), Math.max(0, this.heldNanos - earlier.heldNanos),
				Math.max(0, this.slowNanos - earlier.slowNanos));
	}

}
