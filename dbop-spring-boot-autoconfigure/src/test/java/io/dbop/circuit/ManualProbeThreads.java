package io.dbop.circuit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Runs tasks when a test lets time pass, and checks when it says so.
 */
final class ManualProbeThreads implements ProbeThreads {

	private final FakeTime time;

	private final List<Due> waiting = new ArrayList<>();

	final Queue<Runnable> checks = new ArrayDeque<>();

	boolean closed;

	boolean outOfThreads;

	ManualProbeThreads(FakeTime time) {
		this.time = time;
	}

	@Override
	public void later(Duration delay, Runnable task) {
		this.waiting.add(new Due(this.time.elapsed().plus(delay), task));
	}

	@Override
	public void start(String alias, Runnable check) {
		if (this.outOfThreads) {
			throw new OutOfMemoryError("unable to create native thread");
		}
		this.checks.add(check);
	}

	@Override
	public void close() {
		this.closed = true;
		this.waiting.clear();
	}

	/** Lets time pass in steps of 1 ms; checks stay where they are. */
	void pass(Duration duration) {
		for (long i = 0; i < duration.toMillis(); i++) {
			this.time.advance(Duration.ofMillis(1));
			List<Due> due = this.waiting.stream()
				.filter((task) -> task.at().compareTo(this.time.elapsed()) <= 0)
				.toList();
			this.waiting.removeAll(due);
			due.forEach((task) -> task.task().run());
		}
	}

	/** Lets time pass and runs checks at once. */
	void passChecking(Duration duration) {
		for (long i = 0; i < duration.toMillis(); i++) {
			pass(Duration.ofMillis(1));
			while (!this.checks.isEmpty()) {
				this.checks.remove().run();
			}
		}
	}

	boolean idle() {
		return this.waiting.isEmpty() && this.checks.isEmpty();
	}

	private record Due(Duration at, Runnable task) {
	}

}
