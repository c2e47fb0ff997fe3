package io.dbop.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long this machine kept a thread waiting that only wanted to run: what no code can
 * be blamed for.
 */
final class Stalls implements AutoCloseable {

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final Thread thread = new Thread(this::watch, "stalls");

	private volatile boolean over;

	private volatile long worst;

	Stalls() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void watch() {
		while (!this.over) {
			long start = System.nanoTime();
			try {
				TimeUnit.NANOSECONDS.sleep(TICK_NANOS);
			}
			catch (InterruptedException ex) {
				return;
			}
			this.worst = Math.max(this.worst, System.nanoTime() - start - TICK_NANOS);
		}
	}

	Duration worst() {
		return Duration.ofNanos(this.worst);
	}

	@Override
	public void close() {
		this.over = true;
	}

}
