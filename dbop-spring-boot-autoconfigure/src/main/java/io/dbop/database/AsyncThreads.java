package io.dbop.database;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.pool.ConnectionPool;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The threads for the asynchronous work of a database: virtual ones where the JVM has
 * them, which wait for a connection in their thousands; else as many as the pool is wide,
 * since more could do nothing but wait.
 */
final class AsyncThreads {

	private static final int VIRTUAL_SINCE = 21;

	private static final int UNKNOWN_WIDTH = 10;

	private static final long IDLE_SECONDS = 10;

	private AsyncThreads() {
	}

	static Executor of(ConnectionPool pool) {
		String prefix = "dbop-async-" + pool.alias() + "-";
		return (Runtime.version().feature() >= VIRTUAL_SINCE) ? virtual(prefix) : platform(prefix, width(pool));
	}

	private static Executor virtual(String prefix) {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(prefix);
		threads.setVirtualThreads(true);
		return threads;
	}

	private static Executor platform(String prefix, int width) {
		AtomicInteger number = new AtomicInteger();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(width, width, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, prefix + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		// Nothing is left of a database that was closed.
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	private static int width(ConnectionPool pool) {
		Integer max = pool.status().max();
		return (max != null && max > 0) ? max : UNKNOWN_WIDTH;
	}

}
