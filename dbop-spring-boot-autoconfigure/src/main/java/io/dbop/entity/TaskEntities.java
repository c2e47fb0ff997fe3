package io.dbop.entity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.dbop.statement.AsyncTasks;
import org.jspecify.annotations.Nullable;

/**
 * Operations on entities that are run by tasks. The user is asked for on the thread of
 * the caller: on another one there would be none, or one of somebody else.
 */
final class TaskEntities implements AsyncEntityOperations {

	private final EngineEntities entities;

	private final EntityUser user;

	private final AsyncTasks tasks;

	/**
	 * Runs operations by tasks.
	 * @param entities the operations, which ask for no user
	 * @param user the user of the thread of the caller
	 */
	TaskEntities(EngineEntities entities, EntityUser user, AsyncTasks tasks) {
		this.entities = entities;
		this.user = user;
		this.tasks = tasks;
	}

	ChangeOptions byCaller(ChangeOptions options) {
		return (options.user() != null) ? options : options.withUser(this.user.current());
	}

	@Override
	public CompletableFuture<EntityRecord> save(String entity, Map<String, ? extends @Nullable Object> fields,
			ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		Map<String, ? extends @Nullable Object> copy = new LinkedHashMap<>(fields);
		return this.tasks.submit(() -> this.entities.save(entity, copy, byCaller));
	}

	@Override
	public CompletableFuture<EntityRecord> save(String entity, String id,
			Map<String, ? extends @Nullable Object> fields, ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		Map<String, ? extends @Nullable Object> copy = new LinkedHashMap<>(fields);
		return this.tasks.submit(() -> this.entities.save(entity, id, copy, byCaller));
	}

	@Override
	public CompletableFuture<List<EntityRecord>> saveAll(String entity,
			Collection<? extends Map<String, ? extends @Nullable Object>> rows, ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		List<Map<String, ? extends @Nullable Object>> copy = new ArrayList<>(rows.size());
		rows.forEach((row) -> copy.add(new LinkedHashMap<>(row)));
		return this.tasks.submit(() -> this.entities.saveAll(entity, copy, byCaller));
	}

	@Override
	public CompletableFuture<Long> saveAll(String entity,
			Iterator<? extends Map<String, ? extends @Nullable Object>> rows, ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		return this.tasks.submit(() -> this.entities.saveAll(entity, rows, byCaller));
	}

	@Override
	public CompletableFuture<Optional<EntityRecord>> get(String entity, String id, ReadOptions options) {
		return this.tasks.submit(() -> this.entities.get(entity, id, options));
	}

	@Override
	public CompletableFuture<Boolean> exists(String entity, String id, ReadOptions options) {
		return this.tasks.submit(() -> this.entities.exists(entity, id, options));
	}

	@Override
	public CompletableFuture<List<EntityRecord>> find(String entity, EntityQuery query) {
		return this.tasks.submit(() -> this.entities.find(entity, query));
	}

	@Override
	public CompletableFuture<Long> count(String entity, EntityQuery query) {
		return this.tasks.submit(() -> this.entities.count(entity, query));
	}

	@Override
	public CompletableFuture<Boolean> delete(String entity, String id, ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		return this.tasks.submit(() -> this.entities.delete(entity, id, byCaller));
	}

	@Override
	public CompletableFuture<Boolean> restore(String entity, String id, ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		return this.tasks.submit(() -> this.entities.restore(entity, id, byCaller));
	}

	@Override
	public CompletableFuture<Boolean> purge(String entity, String id, ChangeOptions options) {
		ChangeOptions byCaller = byCaller(options);
		return this.tasks.submit(() -> this.entities.purge(entity, id, byCaller));
	}

	@Override
	public CompletableFuture<List<EntityVersion>> history(String entity, String id, HistoryQuery query) {
		return this.tasks.submit(() -> this.entities.history(entity, id, query));
	}

	@Override
	public CompletableFuture<Optional<EntityVersion>> version(String entity, String id, long version) {
		return this.tasks.submit(() -> this.entities.version(entity, id, version));
	}

	@Override
	public <T> AsyncEntityRepository<T> typed(Class<T> type) {
		return new TaskRepository<>(this.entities.typed(type), this, this.tasks);
	}

}
