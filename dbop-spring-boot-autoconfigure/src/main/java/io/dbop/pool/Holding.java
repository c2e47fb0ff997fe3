package io.dbop.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection, since when and what for.
 */
abstract class Holding extends Seats.Seated {

	private static final AtomicReferenceFieldUpdater<Holding, String> EXECUTED = AtomicReferenceFieldUpdater
		.newUpdater(Holding.class, String.class, "executed");

	private final Thread owner = Thread.currentThread();

	private final @Nullable String operation;

	private final long since;

	private volatile @Nullable Trace taken;

	private @Nullable String callSite;

	private volatile boolean reported;

	/** What is executed on the connection now, {@code null} if nothing is. */
	private volatile @Nullable String executed;

	/** Since when it is executed, or nothing is any more; 0 if nothing ever was. */
	private long executedSince;

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

	/**
	 * @param overdue the time in nanoseconds from which on its thread is asked what it
	 * does, should it not be known where the connection was taken
	 * @param waiting for how long its thread has been waiting for a second connection
	 */
	final Holder holder(long now, long overdue, @Nullable Duration waiting) {
		return new Holder(this.owner.getName(), this.operation, Duration.ofNanos(now - this.since), this.owner,
				callSite(now, overdue), waiting, executedFor(now), idle(now), this.taken);
	}

	/** To work it out costs much more than to take the stack: once is enough. */
	private @Nullable String callSite(long now, long overdue) {
		Trace known = this.taken;
		if (known == null) {
			return overdue(now, overdue) ? CallSite.of(this.owner.getStackTrace()) : null;
		}
		String found = this.callSite;
		if (found == null) {
			found = CallSite.of(known.getStackTrace());
			this.callSite = found;
		}
		return found;
	}

	final long heldNanos(long now) {
		return now - this.since;
	}

	final boolean heldAt(long moment) {
		return moment - this.since >= 0;
	}

	/**
	 * Notes where the connection is taken.
	 */
	final void noteTaken() {
		this.taken = Trace.here();
	}

	/**
	 * Where the connection was taken, or else what its thread does now.
	 */
	final Trace trace() {
		Trace known = this.taken;
		return (known != null) ? known : Trace.of(this.owner);
	}

	/**
	 * A statement is executed from now on. Those who look on may see it a little later.
	 */
	final void executes(String sql, long since) {
		this.executedSince = since;
		EXECUTED.lazySet(this, sql);
	}

	/** Nothing is executed any more, from now on. */
	final void executed(long now) {
		this.executedSince = now;
		EXECUTED.lazySet(this, null);
	}

	/** For how long nothing has been executed, as far as statements are timed. */
	private Duration idle(long now) {
		boolean never = this.executedSince == 0;
		return (this.executed != null) ? Duration.ZERO
				: Duration.ofNanos(Math.max(0, now - (never ? this.since : this.executedSince)));
	}

	/** What is executed now, {@code null} if nothing is. */
	final @Nullable String executedNow() {
		return this.executed;
	}

	/** For how long something has been executed, {@code null} if nothing is. */
	final @Nullable Duration executedFor(long now) {
		return (this.executed != null) ? Duration.ofNanos(Math.max(0, now - this.executedSince)) : null;
	}

	final boolean overdue(long now, long threshold) {
		return now - this.since >= threshold;
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
