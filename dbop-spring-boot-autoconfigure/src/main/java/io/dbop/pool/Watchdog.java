package io.dbop.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that end statements at their deadline. One keeps the time and never does
 * anything that may block: each statement is cancelled on a thread of its own, so that a
 * frozen server delays nobody else.
 */
final class Watchdog {

	private static final ScheduledThreadPoolExecutor CLOCK = clock();

	private static final ExecutorService HANDS = Executors.newCachedThreadPool(daemons("dbop-cancel-"));

	private Watchdog() {
	}

	/**
	 * Runs a task, which must not block, once after some time.
	 */
	static Future<?> alarm(Runnable task, long delayNanos) {
		return CLOCK.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Runs a task that may block.
	 */
	static void aside(Runnable task) {
		HANDS.execute(task);
	}

	private static ScheduledThreadPoolExecutor clock() {
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemons("dbop-deadlines-"));
		executor.setRemoveOnCancelPolicy(true);
		return executor;
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
