package io.dbop.entity;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dbop.execution.WriteCounts;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.util.Assert;

/**
 * Divides the saves of an entity by their ids among lanes: while the group of one is on
 * its way, that of another is made, or told to its callers. Thread-safe.
 */
final class QueuedWriter implements BatchWriter {

	private static final long LONG = TimeUnit.DAYS.toNanos(365);

	private final String entity;

	private final EntityUser user;

	private final List<WriterLane> lanes;

	private final Consumer<QueuedWriter> whenClosed;

	QueuedWriter(String entity, WriterSettings settings, EntityUser user, Consumer<List<QueuedSave>> commit,
			Executor threads, WriteCounts counts, Consumer<QueuedWriter> whenClosed) {
		this.entity = entity;
		this.user = user;
		this.lanes = Stream.generate(() -> new WriterLane(settings, commit, threads, counts))
			.limit(settings.threads())
			.toList();
		this.whenClosed = whenClosed;
	}

	@Override
	public CompletableFuture<String> save(Map<String, ? extends @Nullable Object> fields, ChangeOptions options) {
		return save(EntitySaves.change(this.entity, fields), options);
	}

	@Override
	public CompletableFuture<String> save(String id, Map<String, ? extends @Nullable Object> fields,
			ChangeOptions options) {
		return save(Changes.of(this.entity, id, fields), options);
	}

	private CompletableFuture<String> save(Change change, ChangeOptions options) {
		Assert.isTrue(options.expected() == null && options.limit() == null,
				"A limit or an expected version belongs to a save of its own");
		String by = (options.user() != null) ? options.user() : this.user.current();
		QueuedSave save = new QueuedSave(change.by(new Change.Author(by, options.why())));
		String refusal = lane(change.id()).offer(save);
		if (refusal != null) {
			save.future()
				.completeExceptionally(new TransientDataAccessResourceException(
						"A save of the entity '%s' was not taken: %s. Nothing was saved.".formatted(this.entity,
								refusal)));
		}
		return save.future();
	}

	/** The same for the same id, whose saves stay in their order. */
	private WriterLane lane(String id) {
		return this.lanes.get(Math.floorMod(id.hashCode(), this.lanes.size()));
	}

	@Override
	public void flush() {
		flush(System.nanoTime() + LONG);
	}

	/**
	 * Waits for what has been taken.
	 * @param deadline until when, as of {@link System#nanoTime()}
	 */
	void flush(long deadline) {
		this.lanes.forEach(WriterLane::hurry);
		this.lanes.forEach((lane) -> lane.await(deadline));
	}

	@Override
	public void close() {
		this.lanes.forEach(WriterLane::close);
		this.whenClosed.accept(this);
		flush();
	}

}
