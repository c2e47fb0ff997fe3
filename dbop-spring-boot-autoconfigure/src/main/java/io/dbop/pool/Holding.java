package io.dbop.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection, since when and what for.
 */
abstract class Holding {

	private static final AtomicReferenceFieldUpdater<Holding, Holders.@Nullable Segment> SEGMENT = AtomicReferenceFieldUpdater
		.newUpdater(Holding.class, Holders.Segment.class, "segment");

	private final Thread owner = Thread.currentThread();

	private final @Nullable String operation;

	private final long since;

	private volatile Holders.@Nullable Segment segment;

	private int seat;

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

	final void seated(Holders.Segment where, int number) {
		this.seat = number;
		this.segment = where;
	}

	/**
	 * Gives up the seat.
	 * @return whether it had not been given up before
	 */
	final boolean unseat() {
		Holders.Segment where = this.segment;
		if (where == null || !SEGMENT.compareAndSet(this, where, null)) {
			return false;
		}
		where.set(this.seat, null);
		return true;
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
