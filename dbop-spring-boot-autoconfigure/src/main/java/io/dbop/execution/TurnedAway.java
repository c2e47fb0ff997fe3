package io.dbop.execution;

import java.util.concurrent.TimeUnit;

import io.dbop.failure.Phase;

/**
 * Keeps the log readable while callers of a database are turned away by the hundred: of
 * those who get no connection one is told of every five seconds, with the number of those
 * since the last one. Thread-safe.
 */
final class TurnedAway {

	/** This one is not told of. */
	static final int UNTOLD = -1;

	private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

	private boolean told;

	private long toldAt;

	private int untold;

	/**
	 * Whether a failure is one of many that are all alike: nothing was sent, since there
	 * was no connection.
	 */
	static boolean is(Failure failure) {
		return failure.phase() == Phase.ACQUIRING && failure.kind().speaksOfHealth() && !failure.outcomeUnknown();
	}

	/**
	 * Notes one.
	 * @param now the time in nanoseconds
	 * @return how many have not been told of since the last one that was, or
	 * {@link #UNTOLD}
	 */
	synchronized int note(long now) {
		if (this.told && now - this.toldAt < INTERVAL_NANOS) {
			this.untold++;
			return UNTOLD;
		}
		int before = this.untold;
		this.told = true;
		this.toldAt = now;
		this.untold = 0;
		return before;
	}

}
