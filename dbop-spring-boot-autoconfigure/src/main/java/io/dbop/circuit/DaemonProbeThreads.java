package io.dbop.circuit;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads: one that waits for all aliases, started when a breaker opens for the
 * first time, and one for each check while it lasts.
 */
final class DaemonProbeThreads implements ProbeThreads {

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1,
			(task) -> daemon("dbop-probe-scheduler", task), new ThreadPoolExecutor.DiscardPolicy());

	@Override
	public void later(Duration delay, Runnable task) {
		this.scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void start(String alias, Runnable check) {
		daemon("dbop-probe-" + alias, check).start();
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

	private static Thread daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
