package io.dbop.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.dbop.circuit.CircuitOpenException;

/**
 * Callers who call again and again, and when one of them was first served after an
 * outage.
 */
final class Callers implements AutoCloseable {

	private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(60);

	private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final String name;

	private final Runnable call;

	private final List<Thread> threads = new ArrayList<>();

	private final LongAdder calls = new LongAdder();

	private final LongAdder refusals = new LongAdder();

	private volatile boolean resting;

	private volatile boolean closing;

	private volatile boolean served;

	private volatile long servedAt;

	Callers(String name, int count, Runnable call) {
		this.name = name;
		this.call = call;
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(this::work, name + "-" + i);
			this.threads.add(thread);
			thread.start();
		}
	}

	/** No calls from now on but those under way. */
	void rest() {
		this.resting = true;
	}

	void go() {
		this.resting = false;
	}

	private void work() {
		while (!this.closing) {
			if (!this.resting) {
				call();
			}
			LockSupport.parkNanos(BREATH_NANOS);
		}
	}

	private void call() {
		this.calls.increment();
		try {
			this.call.run();
			note();
		}
		catch (CircuitOpenException ex) {
			this.refusals.increment();
		}
		catch (RuntimeException ex) {
			// The database is out of reach.
		}
	}

	private synchronized void note() {
		if (!this.served) {
			this.servedAt = System.nanoTime();
			this.served = true;
		}
	}

	String name() {
		return this.name;
	}

	/** Forgets who was served: the server is away. */
	synchronized void forget() {
		this.served = false;
	}

	boolean served() {
		return this.served;
	}

	Duration servedAfter(long nanos) {
		return Duration.ofNanos(this.servedAt - nanos);
	}

	/** Calls that no circuit breaker refused. */
	long calls() {
		return this.calls.sum() - this.refusals.sum();
	}

	void end() {
		this.closing = true;
	}

	@Override
	public void close() throws InterruptedException {
		end();
		for (Thread thread : this.threads) {
			thread.join(JOIN_MILLIS);
			if (thread.isAlive()) {
				throw new IllegalStateException(thread.getName() + " does not end");
			}
		}
	}

}
