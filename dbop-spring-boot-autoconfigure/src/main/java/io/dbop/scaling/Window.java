package io.dbop.scaling;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.dbop.pool.PoolCounts;

/**
 * What happened on a database in a span of time. Immutable.
 *
 * @param nanos how long the span is, which is less than what was asked for as long as the
 * database has not been watched for so long
 * @param pool what callers of its pool met with
 * @param calls what its operations did
 * @param heldNanos how long connections were held in the span, all together: also those
 * that are held still, and of those that were held before it only what lies within it
 * @param slowNanos how long slow statements were executed in the span, likewise
 */
public record Window(long nanos, PoolCounts pool, CallCounts calls, long heldNanos, long slowNanos) {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	/**
	 * How many asked for a connection and got one, or none in time.
	 * @return the number
	 */
	public long callers() {
		return this.pool.acquired() + this.pool.timeouts();
	}

	/**
	 * The share of callers that got no connection in time.
	 * @return a number from 0 to 1, and 0 if there were no callers
	 */
	public double timeoutRate() {
		return (callers() != 0) ? (double) this.pool.timeouts() / callers() : 0;
	}

	/**
	 * The band of that share.
	 * @return the band
	 */
	public TimeoutBand band() {
		return TimeoutBand.of(timeoutRate());
	}

	/**
	 * How many callers came in a second, those that were turned away included. A span of
	 * less than a second counts as one: a few callers at once are no rate.
	 * @return the rate
	 */
	public double arrivalsPerSecond() {
		return perSecond(callers());
	}

	/**
	 * How many connections were held at the same time, on average.
	 * @return the number
	 */
	public double averageInUse() {
		return (double) this.heldNanos / Math.max(this.nanos, SECOND);
	}

	private double perSecond(long number) {
		return number * 1e9 / Math.max(this.nanos, SECOND);
	}

	/**
	 * The share of the time that connections were held by those who did nothing but read.
	 * @return a number from 0 to 1, and 0 if none was given back
	 */
	public double readShare() {
		return (this.pool.heldNanos() > 0) ? (double) this.pool.readNanos() / this.pool.heldNanos() : 0;
	}

	/**
	 * The share of callers who wrote something that was committed by itself, and could
	 * have been committed together with what others wrote.
	 * @return a number from 0 to 1, and 0 if there were no callers
	 */
	public double loneWriteShare() {
		return (callers() > 0) ? Math.min(1, (double) this.calls.loneWrites() / callers()) : 0;
	}

	/**
	 * How many callers got no connection in time, in a second.
	 * @return the rate
	 */
	public double timeoutsPerSecond() {
		return perSecond(this.pool.timeouts());
	}

	/**
	 * How many of those came in a second.
	 * @return the rate
	 */
	public double loneWritesPerSecond() {
		return perSecond(this.calls.loneWrites());
	}

	/**
	 * How long a connection was held on average, of those that were given back.
	 * @return the time, zero if none was
	 */
	public Duration averageHeld() {
		return average(this.pool.heldNanos(), this.pool.released());
	}

	/**
	 * How long callers waited on average, those that were turned away included.
	 * @return the time, zero if there were none
	 */
	public Duration averageWait() {
		return average(this.pool.waitNanos(), callers() + this.pool.errors());
	}

	private static Duration average(long nanos, long count) {
		return (count > 0) ? Duration.ofNanos(nanos / count) : Duration.ZERO;
	}

}
