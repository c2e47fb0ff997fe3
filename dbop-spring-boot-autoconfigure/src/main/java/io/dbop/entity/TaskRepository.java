package io.dbop.entity;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.dbop.statement.AsyncTasks;

/** Operations on objects that are run by tasks. */
final class TaskRepository<T> implements AsyncEntityRepository<T> {

	private final EngineRepository<T> repository;

	private final TaskEntities entities;

	private final AsyncTasks tasks;

	TaskRepository(EngineRepository<T> repository, TaskEntities entities, AsyncTasks tasks) {
		this.repository = repository;
		this.entities = entities;
		this.tasks = tasks;
	}

	@Override
	public CompletableFuture<T> save(T object, ChangeOptions options) {
		ChangeOptions byCaller = this.entities.byCaller(options);
		return submit(() -> this.repository.saving(object, byCaller));
	}

	@Override
	public CompletableFuture<List<T>> saveAll(Collection<? extends T> objects, ChangeOptions options) {
		ChangeOptions byCaller = this.entities.byCaller(options);
		return submit(() -> this.repository.savingAll(objects, byCaller));
	}

	/**
	 * Takes from objects what there is to save now: they may be others when it is done.
	 */
	private <R> CompletableFuture<R> submit(Supplier<Supplier<R>> save) {
		try {
			return this.tasks.submit(save.get());
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public CompletableFuture<Long> saveAll(Iterator<? extends T> objects, ChangeOptions options) {
		ChangeOptions byCaller = this.entities.byCaller(options);
		return this.tasks.submit(() -> this.repository.saveAll(objects, byCaller));
	}

	@Override
	public CompletableFuture<Optional<T>> get(String id, ReadOptions options) {
		return this.tasks.submit(() -> this.repository.get(id, options));
	}

	@Override
	public CompletableFuture<Boolean> exists(String id, ReadOptions options) {
		return this.tasks.submit(() -> this.repository.exists(id, options));
	}

	@Override
	public CompletableFuture<List<T>> find(EntityQuery query) {
		return this.tasks.submit(() -> this.repository.find(query));
	}

	@Override
	public CompletableFuture<List<T>> findAfter(EntityQuery query, T last) {
		return this.tasks.submit(() -> this.repository.findAfter(query, last));
	}

	@Override
	public CompletableFuture<Long> count(EntityQuery query) {
		return this.tasks.submit(() -> this.repository.count(query));
	}

	@Override
	public CompletableFuture<Boolean> delete(String id, ChangeOptions options) {
		ChangeOptions byCaller = this.entities.byCaller(options);
		return this.tasks.submit(() -> this.repository.delete(id, byCaller));
	}

	@Override
	public CompletableFuture<Boolean> restore(String id, ChangeOptions options) {
		ChangeOptions byCaller = this.entities.byCaller(options);
		return this.tasks.submit(() -> this.repository.restore(id, byCaller));
	}

	@Override
	public CompletableFuture<Boolean> purge(String id, ChangeOptions options) {
		ChangeOptions byCaller = this.entities.byCaller(options);
		return this.tasks.submit(() -> this.repository.purge(id, byCaller));
	}

	@Override
	public CompletableFuture<List<TypedVersion<T>>> history(String id, HistoryQuery query) {
		return this.tasks.submit(() -> this.repository.history(id, query));
	}

	@Override
	public CompletableFuture<Optional<TypedVersion<T>>> version(String id, long version) {
		return this.tasks.submit(() -> this.repository.version(id, version));
	}

}
