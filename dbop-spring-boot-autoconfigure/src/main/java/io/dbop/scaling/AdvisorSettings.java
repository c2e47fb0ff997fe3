package io.dbop.scaling;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * How databases are watched.
 *
 * @param interval the time between two looks
 * @param askServer whether servers are asked, about once a minute, how many connections
 * they may have
 */
public record AdvisorSettings(Duration interval, boolean askServer) {

	/** More often would only cost. */
	private static final Duration LEAST = Duration.ofMillis(100);

	/** The shortest window is as long. */
	private static final Duration MOST = Duration.ofMinutes(1);

	/**
	 * Checks the interval.
	 */
	public AdvisorSettings {
		Assert.isTrue(interval.compareTo(LEAST) >= 0 && interval.compareTo(MOST) <= 0,
				() -> "interval must be between 100 ms and 1 minute: " + interval);
	}

	/**
	 * What holds unless something else is configured.
	 * @return every 5 seconds, and servers are asked
	 */
	public static AdvisorSettings defaults() {
		return new AdvisorSettings(Duration.ofSeconds(5), true);
	}

}
