package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica and its pool, and how far it is. Thread-safe.
 */
public final class Replica implements PoolListener {

	private static final Logger logger = LoggerFactory.getLogger(Replica.class);

	private final ConnectionPool pool;

	private final long maxLagNanos;

	private final CountDownLatch looked = new CountDownLatch(1);

	private volatile @Nullable Progress progress;

	private volatile boolean answers;

	private volatile @Nullable String problem = "it has not answered yet";

	Replica(ConnectionPool pool, Duration maxLag) {
		this.pool = pool;
		this.maxLagNanos = maxLag.toNanos();
		pool.listen(this);
	}

	/**
	 * The name of the replica, which is the alias of its pool.
	 * @return the name
	 */
	public String name() {
		return this.pool.alias();
	}

	/**
	 * Its pool.
	 * @return the pool
	 */
	public ConnectionPool pool() {
		return this.pool;
	}

	/**
	 * How far it lags behind the primary, at most.
	 * @return the time since the moment whose state it has certainly reached, or
	 * {@code null} if that is not known
	 */
	public @Nullable Duration lag() {
		Progress known = this.progress;
		return (known != null) ? Duration.ofNanos(Math.max(0, System.nanoTime() - known.current())) : null;
	}

	/**
	 * Whether it gets reads.
	 * @return whether it answers and does not lag behind too much
	 */
	public boolean available() {
		return current(System.nanoTime());
	}

	/**
	 * Why it gets no reads, if it does not.
	 * @return the reason, in a few words, or {@code null} if it gets them
	 */
	public @Nullable String problem() {
		if (!this.answers) {
			return this.problem;
		}
		return available() ? null : "it lags behind";
	}

	/** Whether its state is one that readers may see. */
	boolean current(long now) {
		Progress known = this.progress;
		return this.answers && known != null && now - known.current() <= this.maxLagNanos;
	}

	/** Whether it knows all that was committed before a moment. */
	boolean knows(long moment) {
		Progress known = this.progress;
		return known != null && known.reached() - moment >= 0;
	}

	/** Waits until it has answered, or has been found not to. */
	void awaitLook(long nanos) {
		try {
			this.looked.await(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Nullable Connection connect() throws SQLException {
		return this.pool.connectUnlessAway();
	}

	/**
	 * It answers.
	 * @param moment whose state it has reached
	 * @param current the moment from which on nothing is known that it lacks
	 */
	void reached(long moment, long current) {
		this.progress = new Progress(moment, current);
		answers();
	}

	/** It answers, and is further behind than anybody remembers. */
	void behind() {
		answers();
	}

	/** Connections from before may have died with the server. */
	private synchronized void answers() {
		if (!this.answers) {
			this.pool.evict();
			this.answers = true;
			this.looked.countDown();
			logger.info("Database '{}': the replica answers, and gets reads while it keeps up", name());
		}
	}

	/** It does not answer. Who waits for it need not go on. */
	synchronized void gone(String why) {
		if (this.answers) {
			this.answers = false;
			logger.warn("Database '{}': the replica gets no reads until it answers again: {}", name(), why);
		}
		this.problem = why;
		this.looked.countDown();
		this.pool.sendAway();
	}

	@Override
	public void lost(String why) {
		gone(why);
	}

	/** How far it is, in moments as of {@link System#nanoTime()}. */
	private record Progress(long reached, long current) {
	}

}
