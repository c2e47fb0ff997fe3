package io.dbop.entity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The writers of a database, one of each entity: a second one would only divide its
 * groups. Thread-safe.
 */
final class EntityWriters {

	/** Of a writer that nobody uses nothing is left but its name. */
	private static final long IDLE_SECONDS = 10;

	private final EntityCalls calls;

	private final WriterSettings settings;

	private final Map<String, QueuedWriter> writers = new ConcurrentHashMap<>();

	EntityWriters(EntityCalls calls) {
		this.calls = calls;
		WriterSettings given = calls.settings().writer();
		// Where there is one writer a second one would only wait for the first.
		this.settings = calls.dialect().singleWriter() ? given.oneThread() : given;
		calls.database().engine().pool().beforeEnding(this::flush);
	}

	BatchWriter get(String entity) {
		return this.writers.computeIfAbsent(entity, this::make);
	}

	private QueuedWriter make(String entity) {
		EntitySaves saves = new EntitySaves(this.calls.withUser(() -> null));
		return new QueuedWriter(entity, this.settings, this.calls.user(), new GroupCommit(entity, saves)::commit,
				threads("dbop-writer-" + this.calls.database().alias() + "-" + entity),
				this.calls.database().engine().writes(), (closed) -> this.writers.remove(entity, closed));
	}

	private Executor threads(String name) {
		int number = this.settings.threads();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(number, number, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread made = new Thread(task, name);
					made.setDaemon(true);
					return made;
				});
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	private void flush(long deadline) {
		this.writers.values().forEach((writer) -> writer.flush(deadline));
	}

}
