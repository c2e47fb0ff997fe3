package io.dbop.entity;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How entities are read. Immutable.
 *
 * @param withDeleted whether deleted ones are seen too
 * @param limit how long it may take in total, {@code null} for what is usual
 */
public record ReadOptions(boolean withDeleted, @Nullable Duration limit) {

	private static final ReadOptions DEFAULTS = new ReadOptions(false, null);

	/**
	 * Nothing in particular: deleted ones are not seen.
	 * @return the options
	 */
	public static ReadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Deleted ones are seen too.
	 * @return the options
	 */
	public static ReadOptions includingDeleted() {
		return new ReadOptions(true, null);
	}

	/**
	 * Limits the whole call.
	 * @param timeout the time
	 * @return a copy
	 */
	public ReadOptions timeout(Duration timeout) {
		return new ReadOptions(this.withDeleted, EntityTimeouts.positive(timeout));
	}

}
