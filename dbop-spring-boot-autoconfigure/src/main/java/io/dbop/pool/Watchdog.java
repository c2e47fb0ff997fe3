package io.dbop.pool;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends statements at their deadline. One thread keeps the time and never does anything
 * that may block: each statement is cancelled on a thread of its own, so that a frozen
 * server delays nobody else.
 * <p>
 * It looks at all that runs once a second, and when the next deadline is due. Most
 * statements are over long before theirs: to begin one costs them a comparison with the
 * time of the next look, where a timer would have to be set and unset.
 * <p>
 * When it is time it has a pool look for connections that were not given back.
 * <p>
 * When there has been nothing to look after for a while the thread ends, so that it does
 * not keep an application in memory that is gone, and is started again when needed.
 */
final class Watchdog implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

	private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long CANCELLER_IDLE_SECONDS = 3;

	private static final Watchdog SHARED = new Watchdog(TimeUnit.SECONDS.toNanos(10));

	private final long idleNanos;

	private final Seats<DeadlineGuard> guards = new Seats<>();

	private final Set<LeakWatch> leaks = Collections.newSetFromMap(new WeakHashMap<>());

	/** As many as have something to wait for; those of a burst do not stay for long. */
	private final ExecutorService cancellers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, CANCELLER_IDLE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("dbop-cancel-"));

	private final ThreadFactory threads = daemons("dbop-deadlines-");

	private final AtomicBoolean running = new AtomicBoolean();

	private volatile @Nullable Thread thread;

	private volatile long nextLook = System.nanoTime();

	Watchdog(long idleNanos) {
		this.idleNanos = idleNanos;
	}

	/**
	 * The one of all pools.
	 */
	static Watchdog shared() {
		return SHARED;
	}

	/**
	 * Looks after a connection until its guard is unseated.
	 */
	void watch(DeadlineGuard guard) {
		this.guards.add(guard);
		wake();
	}

	/**
	 * Looks after a pool for as long as there is one.
	 */
	void watch(LeakWatch leaks) {
		synchronized (this.leaks) {
			this.leaks.add(leaks);
		}
	}

	/**
	 * Looks after a pool no longer.
	 */
	void unwatch(LeakWatch leaks) {
		synchronized (this.leaks) {
			this.leaks.remove(leaks);
		}
	}

	/**
	 * Whether a pool is looked after.
	 */
	boolean watches(LeakWatch leaks) {
		synchronized (this.leaks) {
			return this.leaks.contains(leaks);
		}
	}

	/**
	 * There is something to look after. Called when it can be found already.
	 */
	void wake() {
		if (!this.running.get() && this.running.compareAndSet(false, true)) {
			try {
				Thread started = this.threads.newThread(this);
				this.thread = started;
				started.start();
			}
			catch (RuntimeException | OutOfMemoryError ex) {
				this.running.set(false);
				logger.error("Cannot start the thread that ends statements at their deadline", ex);
			}
		}
	}

	/**
	 * Something has begun that ends at this time at the latest.
	 */
	void begun(long deadline) {
		if (deadline - this.nextLook < 0) {
			LockSupport.unpark(this.thread);
		}
	}

	@Override
	public void run() {
		long busy = System.nanoTime();
		while (true) {
			try {
				// First this, then the look: who begins after it was looked at sees it.
				this.nextLook = System.nanoTime() + LOOK_NANOS;
				this.nextLook = look(this.nextLook);
				lookForLeaks(System.nanoTime());
				if (needed()) {
					busy = System.nanoTime();
				}
				else if (System.nanoTime() - busy >= this.idleNanos && ended()) {
					return;
				}
			}
			catch (OutOfMemoryError ex) {
				// Somebody else has used it up, and nobody else looks.
				busy = System.nanoTime();
			}
			catch (RuntimeException ex) {
				busy = System.nanoTime();
				logger.error("Not all statements could be ended at their deadline", ex);
			}
			LockSupport.parkNanos(this, this.nextLook - System.nanoTime());
		}
	}

	/**
	 * First the end, then the look: who comes after it starts another thread, and who
	 * came before is seen.
	 */
	private boolean ended() {
		this.running.set(false);
		return !needed() || !this.running.compareAndSet(false, true);
	}

	private boolean needed() {
		if (this.guards.count() > 0) {
			return true;
		}
		synchronized (this.leaks) {
			return this.leaks.stream().anyMatch(LeakWatch::needed);
		}
	}

	boolean asleep() {
		return !this.running.get();
	}

	private long look(long latest) {
		long[] next = { latest };
		this.guards.forEach((guard) -> {
			Runnable due = guard.due();
			if (due != null) {
				start(due);
			}
			long again = guard.dueAt();
			if (again - next[0] < 0) {
				next[0] = again;
			}
		});
		return next[0];
	}

	private void lookForLeaks(long now) {
		List<LeakWatch> due;
		synchronized (this.leaks) {
			due = this.leaks.stream().filter((each) -> each.due(now)).toList();
		}
		if (!due.isEmpty()) {
			start(() -> due.forEach((each) -> each.look(System.nanoTime())));
		}
	}

	/** Whatever becomes of one task, the statements are looked after. */
	void start(Runnable task) {
		try {
			this.cancellers.execute(task);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			logger.error("Cannot start a thread to cancel a statement at its deadline, or to look for leaks", ex);
		}
	}

	private static ThreadFactory daemons(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			thread.setContextClassLoader(null);
			return thread;
		};
	}

}
