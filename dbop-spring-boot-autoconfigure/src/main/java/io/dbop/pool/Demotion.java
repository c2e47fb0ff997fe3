package io.dbop.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Replaces the connections of a pool when the server at the end of one of them takes no
 * writes any more: the others lead there too, and each would cost a call an attempt.
 * Where that server is the only one, this happens once a second at the most. Thread-safe.
 */
final class Demotion {

	private static final Log logger = LogFactory.getLog(Demotion.class);

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ConnectionPool pool;

	private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

	Demotion(ConnectionPool pool) {
		this.pool = pool;
	}

	void noticed() {
		long now = System.nanoTime();
		long before = this.last.get();
		if (now - before >= PAUSE_NANOS && this.last.compareAndSet(before, now)) {
			logger.info("Database '" + this.pool.alias()
					+ "' takes no writes where the connections lead to: they are replaced");
			this.pool.evict();
		}
	}

}
