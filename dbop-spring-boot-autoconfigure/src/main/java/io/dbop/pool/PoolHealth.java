package io.dbop.pool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether a database answers.
 *
 * @param state what came of asking it
 * @param took how long that took, or has taken so far
 * @param cause why it does not answer, or {@code null} if it does
 */
public record PoolHealth(State state, Duration took, @Nullable Throwable cause) {

	/**
	 * Whether the database can be reached, be it that it has no connection to spare.
	 * @return whether it is {@link State#UP} or {@link State#FULL}
	 */
	public boolean reachable() {
		return this.state == State.UP || this.state == State.FULL;
	}

	/**
	 * What came of asking a database.
	 */
	public enum State {

		/** A connection was opened, and answers. */
		UP,

		/** The server has no connection to spare for this. */
		FULL,

		/** There was no connection, or it does not answer. */
		DOWN,

		/** No answer in time. */
		SILENT

	}

}
