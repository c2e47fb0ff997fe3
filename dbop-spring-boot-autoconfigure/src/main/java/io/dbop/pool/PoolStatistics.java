package io.dbop.pool;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts what callers of a pool met with, since it was made and during the last minutes.
 * Live: it changes while it is read. Thread-safe and free of locks.
 */
public final class PoolStatistics {

	private final LongAdder acquired = new LongAdder();

	private final LongAdder released = new LongAdder();

	private final LongAdder timeouts = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder leaks = new LongAdder();

	private final LongAdder slowStatements = new LongAdder();

	private final LongAdder waitNanos = new LongAdder();

	private final LongAccumulator maxWaitNanos = new LongAccumulator(Math::max, 0);

	private final LongSupplier nanoTime;

	private final SlidingCount recentAcquired;

	private final SlidingCount recentTimeouts;

	PoolStatistics(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.recentAcquired = new SlidingCount(nanoTime.getAsLong());
		this.recentTimeouts = new SlidingCount(nanoTime.getAsLong());
	}

	/**
	 * Connections that were handed out.
	 * @return the number
	 */
	public long acquired() {
		return this.acquired.sum();
	}

	/**
	 * Connections that were given back.
	 * @return the number
	 */
	public long released() {
		return this.released.sum();
	}

	/**
	 * Callers that got no connection because none was free in time.
	 * @return the number
	 */
	public long timeouts() {
		return this.timeouts.sum();
	}

	/**
	 * Callers that got no connection for another reason, such as an unreachable server or
	 * a {@link PoolDeadlockException}.
	 * @return the number
	 */
	public long errors() {
		return this.errors.sum();
	}

	/**
	 * Connections that were held for so long that they were reported as forgotten.
	 * @return the number, those included that were given back later
	 */
	public long leaks() {
		return this.leaks.sum();
	}

	/**
	 * Statements that took at least as long as {@code dbop.slow-query.threshold}.
	 * @return the number
	 */
	public long slowStatements() {
		return this.slowStatements.sum();
	}

	/**
	 * The time that callers waited, all together, whether they got a connection or not.
	 * @return nanoseconds
	 */
	public long totalWaitNanos() {
		return this.waitNanos.sum();
	}

	/**
	 * The longest time that a caller waited.
	 * @return nanoseconds
	 */
	public long maxWaitNanos() {
		return this.maxWaitNanos.get();
	}

	/**
	 * What happened recently.
	 * @param span how far to look back, up to 15 minutes, in steps of 5 seconds
	 * @return the numbers
	 */
	public AcquisitionWindow last(Duration span) {
		long now = this.nanoTime.getAsLong();
		return new AcquisitionWindow(span, this.recentAcquired.sum(span, now), this.recentTimeouts.sum(span, now));
	}

	void acquired(long now, long waited) {
		this.acquired.increment();
		this.recentAcquired.increment(now);
		waited(waited);
	}

	void timedOut(long now, long waited) {
		this.timeouts.increment();
		this.recentTimeouts.increment(now);
		waited(waited);
	}

	void failed(long waited) {
		this.errors.increment();
		waited(waited);
	}

	void countReleased() {
		this.released.increment();
	}

	void countLeak() {
		this.leaks.increment();
	}

	void countSlowStatement() {
		this.slowStatements.increment();
	}

	private void waited(long nanos) {
		this.waitNanos.add(nanos);
		if (nanos > this.maxWaitNanos.get()) {
			this.maxWaitNanos.accumulate(nanos);
		}
	}

}
