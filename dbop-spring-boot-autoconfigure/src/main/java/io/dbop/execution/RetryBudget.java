package io.dbop.execution;

import java.util.function.LongSupplier;

/**
 * Keeps retries from multiplying the load while everything fails: each call of a database
 * pays in a share of a retry, each retry takes one out. What was paid in is worked out
 * when a retry wants it, so that calls that succeed pay nothing for it. Thread-safe.
 */
public final class RetryBudget {

	private final Settings settings;

	private final LongSupplier calls;

	private double available;

	private long paid;

	private long denied;

	/**
	 * A budget that is full.
	 * @param settings how much there is
	 * @param calls how many calls there were, which never gets less but by moments
	 */
	RetryBudget(Settings settings, LongSupplier calls) {
		this.settings = settings;
		this.calls = calls;
		this.available = settings.burst();
	}

	/** Takes a retry out, if there is one. */
	synchronized boolean take() {
		payIn();
		if (this.available < 1) {
			this.denied++;
			return false;
		}
		this.available--;
		return true;
	}

	/** Puts a retry back that was not made. */
	synchronized void giveBack() {
		this.available = Math.min(this.settings.burst(), this.available + 1);
	}

	private void payIn() {
		long now = this.calls.getAsLong();
		long since = Math.max(0, now - this.paid);
		this.paid += since;
		this.available = Math.min(this.settings.burst(), this.available + this.settings.share() * since);
	}

	Settings settings() {
		return this.settings;
	}

	/**
	 * How many retries each call pays for.
	 * @return the share, 0 to 1
	 */
	public double share() {
		return this.settings.share();
	}

	/**
	 * The most retries that may have been saved up.
	 * @return the number
	 */
	public int capacity() {
		return this.settings.burst();
	}

	/**
	 * How many retries could be made at this moment.
	 * @return the number, with the share of one that is not complete yet
	 */
	public synchronized double available() {
		payIn();
		return this.available;
	}

	/**
	 * How many retries were not made because there was nothing left for them.
	 * @return the number since the start
	 */
	public synchronized long denied() {
		return this.denied;
	}

	/**
	 * How much there is of a budget. Immutable.
	 *
	 * @param share how many retries each call pays for, 0 to 1
	 * @param burst how many are there at the start, and can be saved up
	 */
	public record Settings(double share, int burst) {

		/**
		 * What holds unless something else is configured.
		 * @return a share of 0.2, 100 retries
		 */
		public static Settings defaults() {
			return new Settings(0.2, 100);
		}

	}

}
