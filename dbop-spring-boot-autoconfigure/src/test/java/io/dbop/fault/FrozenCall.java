package io.dbop.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.dbop.database.Database;
import io.dbop.execution.ExecutionSpec;
import io.dbop.pool.AttemptLedger;
import org.jspecify.annotations.Nullable;

/**
 * A call with an attempt timeout, in the midst of which a server is frozen.
 */
final class FrozenCall implements Runnable {

	private final String name;

	private final Database database;

	private final Phase phase;

	private final CountDownLatch ready = new CountDownLatch(1);

	private final CountDownLatch warm = new CountDownLatch(1);

	private volatile boolean freezing;

	private final CountDownLatch frozen;

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile long start;

	private volatile long nanos;

	private volatile @Nullable Throwable failure;

	FrozenCall(String name, Database database, Phase phase, CountDownLatch frozen) {
		this.name = name;
		this.database = database;
		this.phase = phase;
		this.frozen = frozen;
	}

	@Override
	public void run() {
		try {
			this.phase.prepare(this);
			if (this.phase.before()) {
				awaitFrozen();
			}
			this.database.execute(this::limit, () -> this.phase.work(this, this.database));
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		finally {
			this.nanos = System.nanoTime() - this.start;
			this.ready.countDown();
			this.warm.countDown();
			this.done.countDown();
		}
	}

	private void limit(ExecutionSpec<Object> spec) {
		spec.named(this.name).maxRetries(0);
		if (this.phase != Phase.UNLIMITED) {
			spec.attemptTimeout(this.phase.before() ? timeout() : Duration.ofMinutes(1));
		}
	}

	/** The attempt timeout. */
	Duration timeout() {
		return this.phase.timeout();
	}

	/** Uses the connection until just before the server is frozen. */
	void keepWarm() {
		this.ready.countDown();
		while (!this.freezing) {
			Phase.one(this.database);
			Phase.pause(Duration.ofMillis(20));
		}
	}

	void aboutToFreeze() {
		this.freezing = true;
	}

	void awaitWarm() throws InterruptedException {
		this.warm.await(20, TimeUnit.SECONDS);
	}

	Database database() {
		return this.database;
	}

	/** From here on the server does not answer, and the time counts. */
	void awaitFrozen() {
		this.ready.countDown();
		this.warm.countDown();
		Phase.await(this.frozen);
		begin();
	}

	/** The server is frozen while a statement runs on it. */
	void aboutToRun() {
		this.ready.countDown();
		this.warm.countDown();
	}

	/** However long it took to come here. */
	void begin() {
		AttemptLedger ledger = AttemptLedger.current();
		this.start = System.nanoTime();
		if (ledger != null && this.phase != Phase.UNLIMITED) {
			ledger.deadline(this.start + timeout().toNanos());
		}
	}

	void awaitReady() throws InterruptedException {
		this.ready.await(20, TimeUnit.SECONDS);
	}

	boolean awaitDone(Duration time) throws InterruptedException {
		return this.done.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	private Duration elapsed() {
		return Duration.ofNanos(this.nanos);
	}

	/** How much later it was given up than a perfect world would have it. */
	Duration late() {
		return (this.done.getCount() > 0) ? Duration.ofDays(1) : elapsed().minus(timeout()).minus(this.phase.allowed());
	}

	boolean warmsUp() {
		return this.phase != Phase.CONNECT;
	}

	boolean failedAsExpected() {
		return this.phase.expects(this.failure);
	}

	@Override
	public String toString() {
		return this.name + ((this.done.getCount() > 0) ? " (hangs)" : " (" + elapsed().toMillis() + " ms)") + ": "
				+ this.failure;
	}

}
