package io.dbop.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Lets as many callers through as the pool is wide, in the order of their arrival. A
 * thread that already holds a connection goes to the front: it keeps others waiting. Who
 * finds it free passes with one atomic operation.
 */
final class Gate {

	/** How a caller got on. */
	enum Admission {

		/** May take a connection, and has to leave afterwards. */
		ADMITTED,

		/** Waited in vain. */
		TIMED_OUT,

		/** Every holder waits for a second connection. */
		DEADLOCKED,

		/** The gate was closed. */
		CLOSED

	}

	/** The width may change while all are parked and nobody comes or leaves. */
	private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final IntSupplier width;

	private final Seats<Holding> holders;

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final ArrayDeque<GateWaiter> nested = new ArrayDeque<>();

	private final ArrayDeque<GateWaiter> ordinary = new ArrayDeque<>();

	private volatile boolean closed;

	private volatile Predicate<Thread> exempt = (thread) -> false;

	Gate(IntSupplier width, Seats<Holding> holders) {
		this.width = width;
		this.holders = holders;
	}

	/**
	 * Passes if nobody waits and there is room. Who closes the gate while one passes
	 * either sees him inside, or is seen by him.
	 */
	boolean tryEnter() {
		if (this.closed || this.waiting.get() != 0 || !pass()) {
			return false;
		}
		if (this.closed) {
			leave();
			return false;
		}
		return true;
	}

	/**
	 * Waits for admission.
	 */
	Admission enter(long timeoutNanos) throws InterruptedException {
		Thread thread = Thread.currentThread();
		return queue(new GateWaiter(thread, holds(thread)), timeoutNanos);
	}

	/**
	 * Counts a caller who got a connection without having been admitted.
	 */
	void enterUnasked() {
		this.inside.incrementAndGet();
	}

	void leave() {
		this.inside.decrementAndGet();
		if (this.waiting.get() > 0) {
			admitAll();
		}
	}

	/**
	 * Sends away all who wait, and all who come from now on, unless they hold a
	 * connection and may need another to finish their work.
	 * @param exempt tells which threads pass all the same
	 */
	void close(Predicate<Thread> exempt) {
		this.lock.lock();
		try {
			this.exempt = exempt;
			this.closed = true;
			this.ordinary.removeIf((waiter) -> {
				boolean refused = !exempt.test(waiter.thread());
				if (refused) {
					answer(waiter, Admission.CLOSED);
				}
				return refused;
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends away all who wait and hold no connection; who comes later may wait.
	 */
	void dismiss() {
		this.lock.lock();
		try {
			this.ordinary.forEach((waiter) -> answer(waiter, Admission.CLOSED));
			this.ordinary.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	void reopen() {
		this.closed = false;
	}

	/**
	 * How many have been admitted and have not left.
	 */
	int inside() {
		return this.inside.get();
	}

	int waiting() {
		return this.waiting.get();
	}

	/**
	 * The threads that wait although they hold a connection, and for how long.
	 */
	Map<Thread, Duration> nestedWaits(long now) {
		Map<Thread, Duration> waits = new HashMap<>();
		this.lock.lock();
		try {
			this.nested.forEach((waiter) -> waits.put(waiter.thread(), Duration.ofNanos(now - waiter.since())));
		}
		finally {
			this.lock.unlock();
		}
		return waits;
	}

	boolean holds(Thread thread) {
		boolean[] found = new boolean[1];
		this.holders.forEach((holding) -> found[0] |= holding.owner() == thread);
		return found[0];
	}

	private boolean pass() {
		int now = this.inside.get();
		while (now < this.width.getAsInt()) {
			if (this.inside.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.inside.get();
		}
		return false;
	}

	private Admission queue(GateWaiter waiter, long timeoutNanos) throws InterruptedException {
		long start = System.nanoTime();
		if (!line(waiter)) {
			return Admission.CLOSED;
		}
		while (!waiter.answered()) {
			long remaining = timeoutNanos - (System.nanoTime() - start);
			if (remaining <= 0 || Thread.currentThread().isInterrupted()) {
				return giveUp(waiter);
			}
			LockSupport.parkNanos(this, Math.min(remaining, RECHECK_NANOS));
			if (!waiter.answered()) {
				admitAll();
			}
		}
		return waiter.admission();
	}

	private boolean line(GateWaiter waiter) {
		this.lock.lock();
		try {
			if (this.closed && !waiter.nested() && !this.exempt.test(waiter.thread())) {
				return false;
			}
			(waiter.nested() ? this.nested : this.ordinary).add(waiter);
			this.waiting.incrementAndGet();
			admit();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Admission giveUp(GateWaiter waiter) throws InterruptedException {
		this.lock.lock();
		try {
			if (!waiter.answered()) {
				(waiter.nested() ? this.nested : this.ordinary).remove(waiter);
				answer(waiter, Admission.TIMED_OUT);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (waiter.admission() == Admission.TIMED_OUT && Thread.interrupted()) {
			throw new InterruptedException();
		}
		return waiter.admission();
	}

	/** Lets those in for whom there is room. */
	void admitAll() {
		this.lock.lock();
		try {
			admit();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void admit() {
		while (!(this.nested.isEmpty() && this.ordinary.isEmpty()) && pass()) {
			GateWaiter next = this.nested.isEmpty() ? this.ordinary.remove() : this.nested.remove();
			answer(next, Admission.ADMITTED);
		}
		if (!this.nested.isEmpty()) {
			breakDeadlock();
		}
	}

	/**
	 * Somebody who is inside and not yet a holder becomes one and may go on, or leaves.
	 */
	private void breakDeadlock() {
		Set<Thread> stuck = new HashSet<>();
		this.nested.forEach((waiter) -> stuck.add(waiter.thread()));
		int[] held = new int[1];
		this.holders.forEach((holding) -> held[0] += stuck.contains(holding.owner()) ? 1 : 0);
		if (held[0] >= this.inside.get() && held[0] >= this.width.getAsInt()) {
			this.nested.forEach((waiter) -> answer(waiter, Admission.DEADLOCKED));
			this.nested.clear();
		}
	}

	private void answer(GateWaiter waiter, Admission admission) {
		this.waiting.decrementAndGet();
		waiter.answer(admission);
	}

}
