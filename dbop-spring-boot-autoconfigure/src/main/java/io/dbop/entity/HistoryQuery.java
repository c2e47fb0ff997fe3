package io.dbop.entity;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Which part of a history is wanted. Immutable.
 *
 * @param max the most versions, {@code null} for all
 * @param beforeVersion only versions below this one, {@code null} for all
 * @param limit how long it may take in total, {@code null} for what is usual
 */
public record HistoryQuery(@Nullable Integer max, @Nullable Long beforeVersion, @Nullable Duration limit) {

	/**
	 * All of it.
	 * @return the query
	 */
	public static HistoryQuery all() {
		return new HistoryQuery(null, null, null);
	}

	/**
	 * The newest versions.
	 * @param number how many at most
	 * @return the query
	 */
	public static HistoryQuery newest(int number) {
		Assert.isTrue(number >= 0, "The number of versions must not be negative");
		return new HistoryQuery(number, null, null);
	}

	/**
	 * Those below a version, for the next page.
	 * @param version the last version that was seen
	 * @return a copy
	 */
	public HistoryQuery before(long version) {
		return new HistoryQuery(this.max, version, this.limit);
	}

	/**
	 * Limits the whole call.
	 * @param timeout the time
	 * @return a copy
	 */
	public HistoryQuery timeout(Duration timeout) {
		return new HistoryQuery(this.max, this.beforeVersion, EntityTimeouts.positive(timeout));
	}

}
