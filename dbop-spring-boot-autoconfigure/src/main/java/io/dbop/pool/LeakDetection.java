package io.dbop.pool;

import java.time.Duration;

/**
 * When a connection is taken for forgotten. Immutable.
 *
 * @param enabled whether connections are looked after at all. If not, nothing is noted
 * when one is taken
 * @param threshold for how long one may be held before it is reported
 * @param period how often it is looked, at most once a second
 */
public record LeakDetection(boolean enabled, Duration threshold, Duration period) {

	private static final LeakDetection DEFAULTS = new LeakDetection(true, Duration.ofSeconds(300),
			Duration.ofSeconds(30));

	/**
	 * Checks what it is given.
	 * @throws IllegalArgumentException if a duration is not positive
	 */
	public LeakDetection {
		Given.positive("threshold", threshold);
		Given.positive("period", period);
	}

	/**
	 * After five minutes, looked at every 30 seconds.
	 * @return the defaults
	 */
	public static LeakDetection defaults() {
		return DEFAULTS;
	}

}
