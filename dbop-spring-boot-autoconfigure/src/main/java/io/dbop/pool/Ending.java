package io.dbop.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * How the work on a pool comes to its end: no new work is taken, what runs may go on for
 * a while, and then its connections are broken.
 */
final class Ending {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final Gate gate;

	private final Seats<Holding> holders;

	private volatile boolean begun;

	Ending(Gate gate, Seats<Holding> holders) {
		this.gate = gate;
		this.holders = holders;
	}

	/**
	 * Whether new work is refused.
	 */
	boolean begun() {
		return this.begun;
	}

	/**
	 * Takes no new work.
	 * @param exempt tells of which threads work is taken all the same
	 */
	void refuse(Predicate<Thread> exempt) {
		this.begun = true;
		this.gate.close(exempt);
	}

	/**
	 * Takes new work again.
	 */
	void revoke() {
		this.gate.reopen();
		this.begun = false;
	}

	/**
	 * Takes no new work of anyone.
	 */
	void refuseAll() {
		refuse((thread) -> false);
	}

	/**
	 * Whether there is work left.
	 */
	boolean busy() {
		return this.gate.inside() > 0;
	}

	/**
	 * Whether a thread is at work.
	 */
	boolean busy(Thread thread) {
		return this.gate.holds(thread);
	}

	/**
	 * Waits for the work that runs now, whatever comes after it.
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 */
	void awaitRunning(long deadline) {
		long now = System.nanoTime();
		await(() -> heldSince(now), deadline);
	}

	/**
	 * Breaks the connections of the work that still runs, so that none of it is
	 * committed.
	 * @return how many there were
	 */
	int abandon() {
		int running = this.holders.count();
		this.holders.forEach(Holding::abandon);
		return running;
	}

	private boolean heldSince(long moment) {
		boolean[] found = new boolean[1];
		this.holders.forEach((holding) -> found[0] |= holding.heldAt(moment));
		return found[0];
	}

	/**
	 * Waits until something is over.
	 * @param running whether it still goes on
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 */
	static void await(BooleanSupplier running, long deadline) {
		while (running.getAsBoolean() && deadline - System.nanoTime() > 0) {
			LockSupport.parkNanos(running, POLL_NANOS);
		}
	}

}
