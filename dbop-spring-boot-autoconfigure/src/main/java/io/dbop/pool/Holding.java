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

	private StackTraceElement @Nullable [] taken;

	private volatile boolean reported;

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
		String callSite = (this.taken != null || overdue(now)) ? CallSite.of(trace()) : null;
		return new Holder(this.owner.getName(), this.operation, Duration.ofNanos(now - this.since), this.owner,
				callSite);
	}

	final boolean heldAt(long moment) {
		return moment - this.since >= 0;
	}

	/**
	 * Notes where the connection is taken. Costs a walk through the stack.
	 */
	final void noteTaken() {
		this.taken = new Throwable().getStackTrace();
	}

	/**
	 * Whether it is known where the connection was taken.
	 */
	final boolean takenAt() {
		return this.taken != null;
	}

	/**
	 * Where the connection was taken, or else what its thread does now.
	 */
	final StackTraceElement[] trace() {
		StackTraceElement[] known = this.taken;
		return (known != null) ? known : this.owner.getStackTrace();
	}

	final boolean overdue(long now) {
		return now - this.since >= LeakWatch.THRESHOLD.toNanos();
	}

	final boolean reported() {
		return this.reported;
	}

	/**
	 * For the one that watches for leaks.
	 */
	final boolean firstReport() {
		boolean first = !this.reported;
		this.reported = true;
		return first;
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
