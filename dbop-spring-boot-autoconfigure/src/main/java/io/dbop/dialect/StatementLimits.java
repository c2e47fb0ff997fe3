package io.dbop.dialect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Limits that one statement has of its own. Rounded up to what a database can tell apart:
 * zero would mean no limit.
 *
 * @param timeout how long it may run, {@code null} for what is usual
 * @param lockTimeout how long it may wait for each lock, {@code null} for what is usual
 */
public record StatementLimits(@Nullable Duration timeout, @Nullable Duration lockTimeout) {

	/** What is usual. */
	public static final StatementLimits NONE = new StatementLimits(null, null);

	/**
	 * Whether there are none.
	 * @return whether everything is as usual
	 */
	public boolean isEmpty() {
		return this.timeout == null && this.lockTimeout == null;
	}

	/**
	 * The same without a limit on the time.
	 * @return the limit on waits for locks alone
	 */
	public StatementLimits withoutTimeout() {
		return (this.timeout != null) ? new StatementLimits(null, this.lockTimeout) : this;
	}

	/**
	 * A limit in milliseconds, as a database takes it.
	 * @param duration the limit
	 * @return the milliseconds, rounded up, at least 1 and at most what an int holds
	 */
	public static long millis(Duration duration) {
		return Math.min(Integer.MAX_VALUE, ceil(duration, 1_000_000));
	}

	static long seconds(Duration duration) {
		return Math.min(Integer.MAX_VALUE / 1000, ceil(duration, 1_000_000_000));
	}

	private static long ceil(Duration duration, long unitNanos) {
		if (duration.getSeconds() >= Integer.MAX_VALUE) {
			return Integer.MAX_VALUE;
		}
		return Math.max(1, (duration.toNanos() + unitNanos - 1) / unitNanos);
	}

}
