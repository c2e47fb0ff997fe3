package io.dbop.sample.it;

import java.util.concurrent.CompletableFuture;

/**
 * A load on the sample that lasts as long as a test does, and has more callers than can
 * be served within the acquisition timeout.
 */
final class ContinuousLoad implements AutoCloseable {

	private final SampleClient sample;

	private final CompletableFuture<Void> running;

	private volatile boolean wanted = true;

	ContinuousLoad(SampleClient sample) {
		this.sample = sample;
		this.running = CompletableFuture.runAsync(this::run);
	}

	private void run() {
		while (this.wanted) {
			Answer report = this.sample.post("/load?threads=48&transfers=300&accounts=100&holdMillis=150");
			if (report.status() != 200) {
				throw new AssertionError("The load was refused: " + report.body());
			}
		}
	}

	@Override
	public void close() {
		this.wanted = false;
		this.running.join();
	}

}
