package io.dbop.execution;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How often and how patiently operations of an alias are repeated. Immutable.
 *
 * @param maxRetries additional attempts: total attempts = 1 + maxRetries
 * @param initialDelay the wait before the second attempt
 * @param multiplier by what the wait is multiplied from then on, at least 1
 * @param maxDelay the longest wait, jitter included
 * @param jitter by what share a wait varies in either direction, 0 to 1
 * @param totalTimeout no attempt is begun later than this after the first
 * @param attemptTimeout the limit of each attempt, {@code null} for none
 * @param maxDelayInTransaction the longest wait while a transaction of the caller, and so
 * a connection, is held
 * @param budget what retries of all operations together are held to, {@code null} for
 * nothing
 */
public record RetrySettings(int maxRetries, Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
		Duration totalTimeout, @Nullable Duration attemptTimeout, Duration maxDelayInTransaction,
		RetryBudget.@Nullable Settings budget) {

	private static final int NEVER = -1;

	/**
	 * What holds unless something else is configured.
	 * @return 3 retries, 100 ms doubling to 10 s, jitter 0.2, 30 s in total
	 */
	public static RetrySettings defaults() {
		return new RetrySettings(3, Duration.ofMillis(100), 2, Duration.ofSeconds(10), 0.2, Duration.ofSeconds(30),
				null, Duration.ofMillis(250), RetryBudget.Settings.defaults());
	}

	/**
	 * These settings without a retry, for an alias that only classifies and meters: no
	 * operation may ask for one either.
	 * @return the settings with no additional attempts
	 */
	public RetrySettings withoutRetry() {
		return new RetrySettings(NEVER, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.totalTimeout, this.attemptTimeout, this.maxDelayInTransaction, null);
	}

	/**
	 * These settings with another budget.
	 * @param budget the budget, {@code null} for none
	 * @return the settings
	 */
	public RetrySettings withBudget(RetryBudget.@Nullable Settings budget) {
		return new RetrySettings(this.maxRetries, this.initialDelay, this.multiplier, this.maxDelay, this.jitter,
				this.totalTimeout, this.attemptTimeout, this.maxDelayInTransaction, budget);
	}

	/** The number of additional attempts for an operation that asks for this many. */
	int allowed(int maxRetries) {
		return (this.maxRetries == NEVER) ? 0 : maxRetries;
	}

}
