package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.dbop.pool.ConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica and its pool, and how far it is. Thread-safe.
 */
public final class Replica {

	private static final Logger logger = LoggerFactory.getLogger(Replica.class);

	private final ConnectionPool pool;

	/** The moment, on the clock of this process, whose state it has reached. */
	private volatile long reached;

	private volatile boolean answers;

	Replica(ConnectionPool pool) {
		this.pool = pool;
	}

	/**
	 * Its pool.
	 * @return the pool, whose alias is its name
	 */
	public ConnectionPool pool() {
		return this.pool;
	}

	/**
	 * How far it lags behind the primary, at most.
	 * @return the time since the moment whose state it has certainly reached
	 */
	public Duration lag() {
		return Duration.ofNanos(Math.max(0, System.nanoTime() - this.reached));
	}

	/**
	 * Whether it answered when it was asked last.
	 * @return whether it answers
	 */
	public boolean answers() {
		return this.answers;
	}

	/** Whether it knows all that was committed before a moment. */
	boolean knows(long moment) {
		return this.answers && this.reached - moment >= 0;
	}

	Connection connect() throws SQLException {
		return this.pool.dataSource().getConnection();
	}

	/** It has reached the state of a moment. */
	void reached(long moment) {
		this.reached = moment;
		if (!this.answers) {
			logger.info("Database '{}': the replica answers, and gets reads again", this.pool.alias());
			this.answers = true;
		}
	}

	/** It does not answer. */
	void gone(String why) {
		if (this.answers) {
			this.answers = false;
			logger.warn("Database '{}': the replica gets no reads until it answers again: {}", this.pool.alias(), why);
		}
	}

}
