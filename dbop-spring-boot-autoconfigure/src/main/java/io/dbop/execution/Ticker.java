package io.dbop.execution;

import java.time.Duration;

/** Monotonic time and waiting, so that tests need neither. */
interface Ticker {

	long now();

	void sleep(Duration delay) throws InterruptedException;

	static Ticker system() {
		return new Ticker() {

			@Override
			public long now() {
				return System.nanoTime();
			}

			@Override
			public void sleep(Duration delay) throws InterruptedException {
				Thread.sleep(delay.toMillis(), delay.getNano() % 1_000_000);
			}

		};
	}

}
