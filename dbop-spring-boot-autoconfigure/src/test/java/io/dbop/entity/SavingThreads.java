package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Threads that save by a writer, one entity after the other, until they are stopped. */
final class SavingThreads {

	static final String ENTITY = "events";

	private final BatchWriter writer;

	private final Consumer<String> acknowledged;

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean stopped;

	/**
	 * Starts them.
	 * @param acknowledged told the id of each save whose future has completed
	 */
	SavingThreads(BatchWriter writer, int number, Consumer<String> acknowledged) {
		this.writer = writer;
		this.acknowledged = acknowledged;
		for (int i = 0; i < number; i++) {
			String prefix = i + "-";
			Thread thread = new Thread(() -> save(prefix), "saving-" + i);
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void save(String prefix) {
		for (int i = 0; !this.stopped; i++) {
			String id = prefix + i;
			try {
				this.writer.save(id, Map.of("number", i)).join();
				this.acknowledged.accept(id);
			}
			catch (CompletionException ex) {
				// Nobody was told that it is there.
			}
		}
	}

	void stop() throws InterruptedException {
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

}
