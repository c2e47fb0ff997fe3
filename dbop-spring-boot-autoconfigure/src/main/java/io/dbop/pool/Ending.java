package io.dbop.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * How the work on a pool comes to its end: no new work is taken, what runs may go on for
 * a while, and then its connections are broken.
 */
final class Ending {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/** How long that which ends may take on a server that does not answer. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final Gate gate;

	private final Seats<Holding> holders;

	private final List<LongConsumer> before = new CopyOnWriteArrayList<>();

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
	 * Has something done while work is still taken.
	 * @param work given the moment until which it may take, as of
	 * {@link System#nanoTime()}
	 */
	void before(LongConsumer work) {
		this.before.add(work);
	}

	/**
	 * Has that done.
	 * @param deadline until when, as of {@link System#nanoTime()}
	 */
	void prepare(long deadline) {
		this.before.forEach((work) -> work.accept(deadline));
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
		List<Holding> running = new ArrayList<>();
		this.holders.forEach(running::add);
		atOnce(running, Holding::abandon);
		return running.size();
	}

	/**
	 * Does something with several things at the same time, each on a thread that is left
	 * behind when it takes long: some drivers first ask a server that does not answer.
	 * @return whether all of it is done
	 */
	static <T> boolean atOnce(Collection<T> things, Consumer<T> action) {
		if (things.isEmpty()) {
			return true;
		}
		CountDownLatch left = new CountDownLatch(things.size());
		things.forEach((each) -> Watchdog.shared().start(() -> {
			try {
				action.accept(each);
			}
			finally {
				left.countDown();
			}
		}));
		try {
			return left.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
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
