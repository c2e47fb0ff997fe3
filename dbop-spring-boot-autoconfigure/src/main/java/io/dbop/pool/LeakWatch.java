package io.dbop.pool;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports connections that are held for so long that they may have been forgotten: each
 * once, with what is known. They stay with their holder, who may be using them.
 * <p>
 * To note where a connection is taken would cost every caller a walk through his stack.
 * So it is begun when the first one has been reported; of that one, only its thread and
 * operation are known.
 */
final class LeakWatch {

	static final Duration THRESHOLD = Duration.ofMinutes(2);

	private static final Logger logger = LoggerFactory.getLogger(LeakWatch.class);

	private final String alias;

	private final Seats<Holding> holders;

	private final PoolStatistics statistics;

	private volatile boolean suspicious;

	LeakWatch(String alias, Seats<Holding> holders, PoolStatistics statistics) {
		this.alias = alias;
		this.holders = holders;
		this.statistics = statistics;
	}

	/**
	 * Whether it is worth while to note where connections are taken.
	 */
	boolean suspicious() {
		return this.suspicious;
	}

	/**
	 * Whether a connection is held that has not been reported.
	 */
	boolean needed() {
		boolean[] found = new boolean[1];
		this.holders.forEach((holding) -> found[0] |= !holding.reported());
		return found[0];
	}

	synchronized void look(long now) {
		this.holders.forEach((holding) -> {
			if (holding.overdue(now) && holding.firstReport()) {
				report(holding, now);
			}
		});
	}

	private void report(Holding holding, long now) {
		this.suspicious = true;
		this.statistics.countLeak();
		Trace trace = new Trace(holding.takenAt() ? "taken here" : "what its thread does now", holding.trace());
		logger.warn(
				"Database '{}': a connection has not been given back by {}. It stays with its holder. Close connections"
						+ " where they are taken, or keep transactions short",
				this.alias, holding.holder(now), trace);
	}

	/**
	 * A stack, to be logged.
	 */
	private static final class Trace extends Exception {

		Trace(String message, StackTraceElement[] stack) {
			super(message, null, false, true);
			setStackTrace(stack);
		}

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

		@Override
		public String toString() {
			return String.valueOf(getMessage());
		}

	}

}
