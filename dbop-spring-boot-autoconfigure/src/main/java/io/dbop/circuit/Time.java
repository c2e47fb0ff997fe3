package io.dbop.circuit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The two clocks of a breaker: the wall's, to tell people when something happened, and a
 * monotonic one, to measure.
 *
 * @param wall the clock for people
 * @param nanos the monotonic clock
 */
record Time(Clock wall, LongSupplier nanos) {

	static Time system() {
		return new Time(Clock.systemUTC(), System::nanoTime);
	}

	long now() {
		return this.nanos.getAsLong();
	}

	/**
	 * A {@link Clock} that runs with the monotonic one, so that a step of the wall's
	 * clock neither holds a breaker open nor lets it recover early.
	 * @return the clock
	 */
	Clock monotonic() {
		return new MonotonicClock(this.nanos, this.wall.instant(), now());
	}

	private static final class MonotonicClock extends Clock {

		private final LongSupplier nanos;

		private final Instant start;

		private final long startNanos;

		MonotonicClock(LongSupplier nanos, Instant start, long startNanos) {
			this.nanos = nanos;
			this.start = start;
			this.startNanos = startNanos;
		}

		@Override
		public Instant instant() {
			return this.start.plusNanos(this.nanos.getAsLong() - this.startNanos);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
