package io.dbop.circuit;

import java.time.Duration;

/**
 * When a circuit breaker opens and how it recovers. Immutable.
 *
 * @param failureThreshold how many failures within the window open it, however many calls
 * succeed in between
 * @param window the time in which failures are counted
 * @param recoveryTimeout how long it stays open before it lets probes through
 * @param halfOpenMaxCalls how many calls are let through as probes; all of them have to
 * succeed
 * @param recovery whether it also looks for itself if the database is back
 * @param probeInterval the least time between two background probes, not below 500 ms
 */
public record BreakerSettings(int failureThreshold, Duration window, Duration recoveryTimeout, int halfOpenMaxCalls,
		Recovery recovery, Duration probeInterval) {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration SHORTEST = Duration.ofMillis(10);

	private static final Duration SHORTEST_PROBE_INTERVAL = Duration.ofMillis(500);

	private static final BreakerSettings DEFAULTS = new BreakerSettings(5, Duration.ofSeconds(60),
			Duration.ofSeconds(30), 3, Recovery.PROBE, SHORTEST_PROBE_INTERVAL);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range; the message names the
	 * property
	 */
	public BreakerSettings {
		requireBetween("failure-threshold", failureThreshold, 1, 10_000);
		requireBetween("window-size", window, SHORTEST, DAY);
		requireBetween("recovery-timeout", recoveryTimeout, SHORTEST, DAY);
		requireBetween("half-open-max-calls", halfOpenMaxCalls, 1, 10_000);
		requireBetween("probe-interval", probeInterval, SHORTEST_PROBE_INTERVAL, DAY);
	}

	/**
	 * What holds where nothing is configured: 5 failures in 60 s, open for 30 s, 3
	 * probes, a background probe every 500 ms.
	 * @return the defaults
	 */
	public static BreakerSettings defaults() {
		return DEFAULTS;
	}

	private static <T extends Comparable<T>> void requireBetween(String property, T value, T least, T most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new IllegalArgumentException("circuit-breaker.%s is %s: allowed is %s to %s".formatted(property,
					display(value), display(least), display(most)));
		}
	}

	private static String display(Object value) {
		return (value instanceof Duration duration) ? duration.toMillis() + "ms" : value.toString();
	}

	/**
	 * How an open breaker finds out that the database is back.
	 */
	public enum Recovery {

		/**
		 * By connecting in the background while it is open, and at the latest when the
		 * recovery timeout is over.
		 */
		PROBE,

		/** Only by letting calls through when the recovery timeout is over. */
		TIME

	}

}
