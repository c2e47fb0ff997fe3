package io.dbop.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

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
 */
final class Watchdog implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Watchdog.class);

	private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Watchdog INSTANCE = new Watchdog();

	private final Seats<DeadlineGuard> guards = new Seats<>();

	private final ExecutorService cancellers = Executors.newCachedThreadPool(daemons("dbop-cancel-"));

	private final Thread thread = daemons("dbop-deadlines-").newThread(this);

	private volatile long nextLook = System.nanoTime();

	private Watchdog() {
		this.thread.start();
	}

	/**
	 * Looks after a connection until its guard is unseated.
	 */
	static void watch(DeadlineGuard guard) {
		INSTANCE.guards.add(guard);
	}

	/**
	 * Something has begun that ends at this time at the latest.
	 */
	static void begun(long deadline) {
		if (deadline - INSTANCE.nextLook < 0) {
			LockSupport.unpark(INSTANCE.thread);
		}
	}

	@Override
	public void run() {
		while (true) {
			// First this, then the look: who begins after it was looked at sees it.
			this.nextLook = System.nanoTime() + LOOK_NANOS;
			this.nextLook = look(this.nextLook);
			LockSupport.parkNanos(this, this.nextLook - System.nanoTime());
		}
	}

	private long look(long latest) {
		long[] next = { latest };
		this.guards.forEach((guard) -> {
			Cancellation due = guard.due();
			if (due != null) {
				cancel(due);
			}
			else if (guard.runsUntil() - next[0] < 0) {
				next[0] = guard.runsUntil();
			}
		});
		return next[0];
	}

	/** Whatever becomes of one statement, the others are looked after. */
	private void cancel(Cancellation due) {
		try {
			this.cancellers.execute(due);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			logger.error("A statement could not be cancelled at its deadline", ex);
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
