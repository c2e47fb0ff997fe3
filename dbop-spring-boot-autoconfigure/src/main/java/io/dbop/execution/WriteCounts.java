package io.dbop.execution;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts writes of a database that could be committed together, and those that are. Live:
 * it changes while it is read. Thread-safe and free of locks.
 */
public final class WriteCounts {

	private final LongAdder alone = new LongAdder();

	private final LongAdder queued = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder grouped = new LongAdder();

	private final LongAdder groups = new LongAdder();

	/**
	 * Creates counts of nothing yet.
	 */
	public WriteCounts() {
		// All are zero.
	}

	/** A write was committed by itself that could have been committed with others. */
	public void alone() {
		this.alone.increment();
	}

	/** A write waits for its group. */
	public void queued() {
		this.queued.increment();
	}

	/** A write was not taken, for want of room. */
	public void refused() {
		this.refused.increment();
	}

	/**
	 * The writes of a group have come to their end, one way or another.
	 * @param writes how many they are
	 */
	public void grouped(int writes) {
		this.groups.increment();
		this.grouped.add(writes);
	}

	/**
	 * Writes that were committed each by itself, and could have been committed together.
	 * @return the number
	 */
	public long committedAlone() {
		return this.alone.sum();
	}

	/**
	 * Writes whose group has come to its end.
	 * @return the number
	 */
	public long committedTogether() {
		return this.grouped.sum();
	}

	/**
	 * Groups that have come to their end.
	 * @return the number
	 */
	public long groups() {
		return this.groups.sum();
	}

	/**
	 * Writes that wait for their group, or for its commit.
	 * @return the number
	 */
	public long waiting() {
		// What has ended is read first: it was queued before.
		long ended = this.grouped.sum();
		return this.queued.sum() - ended;
	}

	/**
	 * Writes that were not taken, for want of room.
	 * @return the number
	 */
	public long refusals() {
		return this.refused.sum();
	}

}
