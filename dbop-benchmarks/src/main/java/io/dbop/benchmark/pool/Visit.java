package io.dbop.benchmark.pool;

import java.time.Duration;

/**
 * A caller had a connection, for one query. Times are those of {@link System#nanoTime()}.
 *
 * @param caller who, from 0
 * @param asked when it asked for a connection
 * @param got when it had it
 * @param done when the query was answered
 */
record Visit(int caller, long asked, long got, long done) {

	/** How long a query takes. */
	static final Duration QUERY = Duration.ofMillis(100);

	static final String SQL = "select pg_sleep(%s)".formatted(QUERY.toMillis() / 1000.0);

	/** How much of it was between two moments. */
	double share(long from, long to) {
		double within = Math.min(this.done, to) - Math.max(this.got, from);
		return Math.max(0, within) / (this.done - this.got);
	}

	boolean begunWithin(long from, long to) {
		return this.got >= from && this.got < to;
	}

	double waitSeconds() {
		return (this.got - this.asked) / 1e9;
	}

}
