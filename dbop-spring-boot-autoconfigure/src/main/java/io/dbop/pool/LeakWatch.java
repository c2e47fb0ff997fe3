package io.dbop.pool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports connections that are held for so long that they may have been forgotten: each
 * once, with what is known. They stay with their holder, who may be using them.
 * <p>
 * Where a connection is taken is noted unless an operation takes it, whose name tells
 * enough until one has been reported: to walk through the stack costs the caller about as
 * much as everything else here.
 */
final class LeakWatch {

	private static final Logger logger = LoggerFactory.getLogger(LeakWatch.class);

	private final String alias;

	private final Seats<Holding> holders;

	private final PoolStatistics statistics;

	private volatile LeakDetection detection = LeakDetection.defaults();

	private volatile boolean suspicious;

	private volatile long nextLook = next(System.nanoTime());

	LeakWatch(String alias, Seats<Holding> holders, PoolStatistics statistics) {
		this.alias = alias;
		this.holders = holders;
		this.statistics = statistics;
	}

	void detection(LeakDetection detection) {
		this.detection = detection;
		this.nextLook = next(System.nanoTime());
	}

	/**
	 * Whether to note where a connection is taken.
	 * @param inOperation whether it is known by the name of an operation
	 */
	boolean notes(boolean inOperation) {
		return (!inOperation || this.suspicious) && this.detection.enabled();
	}

	boolean enabled() {
		return this.detection.enabled();
	}

	long thresholdNanos() {
		return this.detection.threshold().toNanos();
	}

	/**
	 * Whether a connection is held that has not been reported.
	 */
	boolean needed() {
		if (!this.detection.enabled()) {
			return false;
		}
		boolean[] found = new boolean[1];
		this.holders.forEach((holding) -> found[0] |= !holding.reported());
		return found[0];
	}

	/**
	 * Whether it is time to look. For the one thread that keeps the time.
	 */
	boolean due(long now) {
		if (now - this.nextLook < 0 || !needed()) {
			return false;
		}
		this.nextLook = next(now);
		return true;
	}

	private long next(long now) {
		return now + this.detection.period().toNanos();
	}

	synchronized void look(long now) {
		long threshold = thresholdNanos();
		this.holders.forEach((holding) -> {
			if (holding.overdue(now, threshold) && holding.firstReport()) {
				report(holding, now);
			}
		});
	}

	private void report(Holding holding, long now) {
		this.suspicious = true;
		this.statistics.countLeak();
		logger.warn(
				"Database '{}': a connection has not been given back by {}. It stays with its holder. Close connections"
						+ " where they are taken, or keep transactions short",
				this.alias, holding.holder(now, thresholdNanos(), null), holding.trace());
	}

}
