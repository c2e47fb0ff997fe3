package io.dbop.autoconfigure;

import java.time.Duration;

import io.dbop.pool.PoolRegistry;

import org.springframework.context.SmartLifecycle;

/**
 * Gives the work that runs on the databases its time when the application shuts down:
 * after everything that brings new work has been stopped (web server, executors,
 * listeners), and before the first bean is destroyed, such as JPA's, which that work may
 * still need. Thread-safe.
 */
class GracefulShutdown implements SmartLifecycle {

	/** Stopped last of all, and yet with room for what must come even later. */
	static final int PHASE = Integer.MIN_VALUE + 1024;

	private final PoolRegistry pools;

	private final Duration grace;

	private volatile boolean running;

	GracefulShutdown(PoolRegistry pools, Duration grace) {
		this.pools = pools;
		this.grace = grace;
	}

	/** Also after a stop that did not end the application. */
	@Override
	public void start() {
		this.pools.resume();
		this.running = true;
	}

	/** In the thread that goes on to destroy the beans, and may let them work. */
	@Override
	public void stop() {
		this.running = false;
		this.pools.quiesce(this.grace);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Work in a paused application goes on. */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
