package io.dbop.disclosure;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * When a statement or a method is slow, and what is told of it then.
 *
 * @param threshold what takes at least as long is slow; zero: nothing is, unless it has a
 * threshold of its own
 * @param disclosure what is told of values
 */
public record SlowQuerySettings(Duration threshold, Disclosure disclosure) {

	/**
	 * Checks the threshold.
	 */
	public SlowQuerySettings {
		Assert.isTrue(!threshold.isNegative(), () -> "threshold must not be negative: " + threshold);
	}

	/**
	 * Whether anything is slow that has no threshold of its own.
	 * @return whether there is a threshold
	 */
	public boolean on() {
		return !this.threshold.isZero();
	}

}
