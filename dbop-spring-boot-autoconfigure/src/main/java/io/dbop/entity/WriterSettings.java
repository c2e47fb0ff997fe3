package io.dbop.entity;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How the writers of a database bring saves together. Immutable.
 *
 * @param threads how many groups may be on their way at the same time
 * @param maxRows the most saves that are one group
 * @param maxDelay how long a save waits for others if none is on its way, zero to wait
 * for none
 * @param capacity how many saves may wait before their callers have to
 * @param maxWait how long a caller waits for room
 */
public record WriterSettings(int threads, int maxRows, Duration maxDelay, int capacity, Duration maxWait) {

	private static final WriterSettings DEFAULTS = new WriterSettings(2, 500, Duration.ZERO, 10_000,
			Duration.ofSeconds(10));

	/**
	 * Creates the settings.
	 * @throws IllegalArgumentException if a value cannot work
	 */
	public WriterSettings {
		requirePositive("threads", threads);
		requirePositive("max-rows", maxRows);
		requirePositive("capacity", capacity);
		requireNotNegative("max-delay", maxDelay);
		requireNotNegative("max-wait", maxWait);
	}

	private static void requirePositive(String name, int value) {
		Assert.isTrue(value > 0, () -> "%s is %d: it must be at least 1".formatted(name, value));
	}

	private static void requireNotNegative(String name, Duration value) {
		Assert.isTrue(!value.isNegative(),
				() -> "%s is %d ms: it must not be negative".formatted(name, value.toMillis()));
	}

	/**
	 * What is so where nothing is configured: two groups of up to 500 at a time, which
	 * wait for nobody, 10,000 saves that may wait, and callers who wait for 10 seconds.
	 * @return the settings
	 */
	public static WriterSettings defaults() {
		return DEFAULTS;
	}

	/** The same with one group at a time. */
	WriterSettings oneThread() {
		return new WriterSettings(1, this.maxRows, this.maxDelay, this.capacity, this.maxWait);
	}

}
