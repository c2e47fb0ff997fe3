package io.dbop.dialect;

import java.time.Duration;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Time limits that a dialect puts into the settings of new connections. Zero means
 * unlimited.
 *
 * @param creation how long opening a connection may take
 * @param query how long a statement may run unless its call says otherwise
 * @param lock how long a statement may wait for each lock, {@code null} for what is usual
 * on the database
 */
public record ConnectionTimeouts(Duration creation, Duration query, @Nullable Duration lock) {

	/** What a socket waits beyond the server, whose answer is to arrive first. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	/**
	 * Limits that leave waits for locks as they are.
	 * @param creation how long opening a connection may take
	 * @param query how long a statement may run
	 */
	public ConnectionTimeouts(Duration creation, Duration query) {
		this(creation, query, null);
	}

	/**
	 * Whether statements are limited.
	 * @return whether {@link #query()} is a limit
	 */
	public boolean hasQuery() {
		return isLimit(this.query);
	}

	/**
	 * The limit of statements, rounded up, at most what an int holds.
	 * @return the milliseconds, 0 if they are unlimited
	 */
	public long queryMillis() {
		return roundUp(this.query, 1_000_000);
	}

	OptionalLong creationMillis() {
		return limit(this.creation, 1_000_000);
	}

	OptionalLong creationSeconds() {
		return limit(this.creation, 1_000_000_000);
	}

	OptionalLong socketMillis() {
		return hasQuery() ? limit(this.query.plus(MARGIN), 1_000_000) : OptionalLong.empty();
	}

	OptionalLong socketSeconds() {
		return hasQuery() ? limit(this.query.plus(MARGIN), 1_000_000_000) : OptionalLong.empty();
	}

	private static OptionalLong limit(Duration duration, long unitNanos) {
		return isLimit(duration) ? OptionalLong.of(roundUp(duration, unitNanos)) : OptionalLong.empty();
	}

	private static boolean isLimit(Duration duration) {
		return !duration.isZero() && !duration.isNegative();
	}

	/**
	 * Rounding down could give 0, which means unlimited. Drivers take ints.
	 */
	private static long roundUp(Duration duration, long unitNanos) {
		long max = Integer.MAX_VALUE;
		if (duration.getSeconds() >= max) {
			return max;
		}
		return Math.min(max, (duration.toNanos() + unitNanos - 1) / unitNanos);
	}

}
