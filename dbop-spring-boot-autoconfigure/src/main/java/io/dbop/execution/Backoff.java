package io.dbop.execution;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before an attempt: exponential, varied by the jitter, and only then
 * cut to the cap, so that no wait is longer.
 */
final class Backoff {

	private final RetrySettings settings;

	private final DoubleSupplier random;

	Backoff(RetrySettings settings, DoubleSupplier random) {
		this.settings = settings;
		this.random = random;
	}

	/**
	 * The wait after an attempt.
	 * @param failedAttempt the number of the attempt that failed, from 1
	 */
	Duration after(int failedAttempt) {
		double max = this.settings.maxDelay().toNanos();
		double base = Math.min(max,
				this.settings.initialDelay().toNanos() * Math.pow(this.settings.multiplier(), failedAttempt - 1));
		double share = (this.random.getAsDouble() * 2 - 1) * this.settings.jitter();
		return Duration.ofNanos(Math.round(Math.max(0, Math.min(max, base * (1 + share)))));
	}

}
