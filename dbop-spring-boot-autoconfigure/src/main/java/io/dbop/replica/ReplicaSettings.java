package io.dbop.replica;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Which replicas may answer reads. Immutable.
 *
 * @param maxLag how far a replica may lag behind the primary
 * @param stickiness how long after a write its thread reads from the primary, unless a
 * replica has caught up with that write before
 * @param checkInterval the time between two looks at the replicas
 * @param without what becomes of reads when no replica may answer
 */
public record ReplicaSettings(Duration maxLag, Duration stickiness, Duration checkInterval, Without without) {

	private static final ReplicaSettings DEFAULTS = new ReplicaSettings(Duration.ofSeconds(10), Duration.ofSeconds(5),
			Duration.ofSeconds(1), Without.PRIMARY);

	/**
	 * Creates the settings.
	 */
	public ReplicaSettings {
		Assert.isTrue(!maxLag.isNegative() && !maxLag.isZero(), "max-lag must be positive");
		Assert.isTrue(!stickiness.isNegative(), "stickiness must not be negative");
		Assert.isTrue(!checkInterval.isNegative() && !checkInterval.isZero(), "check-interval must be positive");
	}

	/**
	 * What is so where nothing is configured: 10 s behind at most, 5 s after a write,
	 * looked at each second, and without any replica the primary answers.
	 * @return the settings
	 */
	public static ReplicaSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * What becomes of reads when no replica may answer.
	 */
	public enum Without {

		/** The primary answers them. */
		PRIMARY,

		/** They fail: the primary could not bear them. */
		FAIL

	}

}
