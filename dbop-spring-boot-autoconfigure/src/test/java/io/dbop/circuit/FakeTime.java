package io.dbop.circuit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that passes when a test says so.
 */
final class FakeTime {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	/** Near the overflow, where a comparison of absolute values would go wrong. */
	private static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

	private final AtomicLong nanos = new AtomicLong(START_NANOS);

	private volatile Duration wallStep = Duration.ZERO;

	Time time() {
		return new Time(new WallClock(), this.nanos::get);
	}

	void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	void stepWallClock(Duration step) {
		this.wallStep = this.wallStep.plus(step);
	}

	Duration elapsed() {
		return Duration.ofNanos(this.nanos.get() - START_NANOS);
	}

	private final class WallClock extends Clock {

		@Override
		public Instant instant() {
			return START.plus(elapsed()).plus(FakeTime.this.wallStep);
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
