package io.dbop.fault;

import java.time.Duration;

import io.dbop.database.Database;

/** Calls on a database that has nothing to do with another's trouble. */
final class OtherCalls implements AutoCloseable {

	private final Database database;

	private final Thread thread = new Thread(this::call, "other");

	private volatile boolean over;

	private volatile long worst;

	OtherCalls(Database database) {
		this.database = database;
		Phase.one(database);
		this.thread.start();
	}

	private void call() {
		while (!this.over) {
			long start = System.nanoTime();
			this.database.execute((spec) -> spec.named("other").attemptTimeout(Duration.ofSeconds(5)),
					() -> Phase.one(this.database));
			this.worst = Math.max(this.worst, System.nanoTime() - start);
			Phase.pause(Duration.ofMillis(10));
		}
	}

	/** The longest of all. */
	Duration worst() {
		return Duration.ofNanos(this.worst);
	}

	@Override
	public void close() {
		this.over = true;
	}

}
