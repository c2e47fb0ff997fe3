package io.dbop.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while someone sleeps, or when told to. */
final class FakeTicker implements Ticker {

	final List<Duration> sleeps = new ArrayList<>();

	private long now = 1_000;

	@Override
	public long now() {
		return this.now;
	}

	@Override
	public void sleep(Duration delay) {
		this.sleeps.add(delay);
		advance(delay);
	}

	void advance(Duration time) {
		this.now += time.toNanos();
	}

}
