package io.dbop.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the work on all pools to its end, as when an application stops. Pools that come
 * meanwhile take no more work than the others.
 */
final class Shutdown {

	private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

	private final Supplier<Collection<ConnectionPool>> pools;

	private volatile @Nullable Predicate<Thread> exempt;

	Shutdown(Supplier<Collection<ConnectionPool>> pools) {
		this.pools = pools;
	}

	void quiesce(Duration grace) {
		long deadline = System.nanoTime() + grace.toNanos();
		this.pools.get().forEach((pool) -> pool.ending().prepare(deadline));
		Thread closing = Thread.currentThread();
		Predicate<Thread> atWork = (thread) -> thread == closing || busy(thread);
		this.exempt = atWork;
		List<ConnectionPool> own = this.pools.get().stream().filter((pool) -> pool.config() != null).toList();
		own.forEach((pool) -> pool.ending().refuse(atWork));
		Ending.await(() -> own.stream().anyMatch((pool) -> pool.ending().busy()), deadline);
		this.pools.get()
			.stream()
			.filter((pool) -> pool.config() == null)
			.forEach((pool) -> pool.ending().awaitRunning(deadline));
		Ending.atOnce(own, Shutdown::abandon);
	}

	void resume() {
		this.exempt = null;
		this.pools.get().forEach((pool) -> pool.ending().revoke());
	}

	/** Called when the pool is one of all. */
	void joined(ConnectionPool pool) {
		Predicate<Thread> atWork = this.exempt;
		if (atWork != null && pool.config() != null) {
			pool.ending().refuse(atWork);
		}
	}

	/** None takes new work while another is waited for. */
	static void close(Collection<ConnectionPool> pools, Duration grace) {
		long deadline = System.nanoTime() + grace.toNanos();
		pools.forEach((pool) -> pool.ending().prepare(deadline));
		pools.forEach(ConnectionPool::refuseAll);
		pools.forEach((pool) -> Ending.await(pool.ending()::busy, deadline));
		Ending.atOnce(pools, (pool) -> pool.ending().abandon());
		if (!Ending.atOnce(pools, ConnectionPool::closeTarget)) {
			logger.info("A database does not answer: its pool is closed in the background");
		}
	}

	private boolean busy(Thread thread) {
		return this.pools.get().stream().anyMatch((pool) -> pool.ending().busy(thread));
	}

	private static void abandon(ConnectionPool pool) {
		int abandoned = pool.ending().abandon();
		if (abandoned > 0) {
			logger.warn("The work on {} connection(s) of database '{}' did not end within the grace of the shutdown:"
					+ " it is rolled back. Allow more time (spring.lifecycle.timeout-per-shutdown-phase), or make it"
					+ " quicker.", abandoned, pool.alias());
		}
	}

}
