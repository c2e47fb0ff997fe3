package io.dbop.pool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection, since when and what for.
 */
abstract class Holding extends Seats.Seated {

	private final Thread owner = Thread.currentThread();

	private final @Nullable String operation;

	private final long since;

	Holding(@Nullable String operation, long since) {
		this.operation = operation;
		this.since = since;
	}

	final Thread owner() {
		return this.owner;
	}

	final @Nullable String operation() {
		return this.operation;
	}

	final Holder holder(long now) {
		return new Holder(this.owner.getName(), this.operation, Duration.ofNanos(now - this.since), this.owner);
	}

	/**
	 * Whether the connection has gone back without its holder's saying so.
	 */
	abstract boolean goneBeneath();

	/**
	 * Takes the connection away from its holder, who can do nothing more on it.
	 */
	abstract void abandon();

}
