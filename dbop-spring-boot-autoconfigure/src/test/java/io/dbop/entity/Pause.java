package io.dbop.entity;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where a thread is held until a test has done something else. */
final class Pause {

	private static final long MOST_SECONDS = 20;

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch over = new CountDownLatch(1);

	/** Called by the thread that is held. */
	void here() {
		this.reached.countDown();
		await(this.over);
	}

	void awaitReached() {
		await(this.reached);
	}

	void end() {
		this.over.countDown();
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(MOST_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nobody came");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
