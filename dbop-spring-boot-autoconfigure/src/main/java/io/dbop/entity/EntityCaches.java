package io.dbop.entity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.dbop.entity.cache.RowCache;
import io.dbop.execution.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The caches of a database, of those entities that have one. Whatever changes entities
 * goes through here, so that caches learn of each commit. Thread-safe.
 */
final class EntityCaches {

	private final EntityDatabase database;

	private final Map<String, RowCache> caches = new TreeMap<>();

	EntityCaches(EntityDatabase database, EntityCaching caching) {
		this.database = database;
		for (String entity : caching.entities()) {
			EntityNames.checkEntity(entity);
			RowCache cache = new RowCache("the entity '%s' of database '%s'".formatted(entity, database.alias()),
					caching.caches().apply(entity), caching.maxAge(), database.engine().pool()::closed);
			this.caches.put(entity, cache);
			database.engine().caches().add("entity:" + entity, cache::statistics);
		}
	}

	/**
	 * Where an entity may be looked for, {@code null} if in its table only: on a
	 * connection of the caller there may be a transaction, which sees what it has done
	 * itself, or nothing of what was committed since it began.
	 */
	@Nullable RowCache forReading(String entity) {
		RowCache cache = this.caches.isEmpty() ? null : this.caches.get(entity);
		return (cache != null && !this.database.connectionBound()) ? cache : null;
	}

	/** Changes entities, with or without a transaction of the caller. */
	<T extends @Nullable Object> T changing(String entity, String id, Supplier<T> work) {
		RowCache cache = this.caches.isEmpty() ? null : this.caches.get(entity);
		return (cache != null) ? changing(cache, List.of(id), work) : work.get();
	}

	/** Saves entities. Nobody has seen one before that gets its id just now. */
	<T extends @Nullable Object> T saving(String entity, Collection<Change> changes, Supplier<T> work) {
		RowCache cache = this.caches.isEmpty() ? null : this.caches.get(entity);
		if (cache == null) {
			return work.get();
		}
		List<String> ids = changes.stream().filter((each) -> !each.fresh()).map(Change::id).distinct().toList();
		return ids.isEmpty() ? work.get() : changing(cache, ids, work);
	}

	private <T extends @Nullable Object> T changing(RowCache cache, List<String> ids, Supplier<T> work) {
		if (this.database.transaction() == null) {
			return committing(cache, ids, work);
		}
		if (TransactionSynchronizationManager.isSynchronizationActive() && !this.database.amongOthers()) {
			TransactionSynchronizationManager.registerSynchronization(new CacheSynchronization(cache, ids));
			return work.get();
		}
		// Nobody will tell when it ends. Who has had these rows before may tell of it
		// meanwhile.
		cache.doubted(ids);
		try {
			return work.get();
		}
		finally {
			cache.doubted(ids);
		}
	}

	private static <T extends @Nullable Object> T committing(RowCache cache, List<String> ids, Supplier<T> work) {
		long begun = cache.changing(ids);
		T result;
		try {
			result = work.get();
		}
		catch (CommitOutcomeUnknownException | Error ex) {
			cache.doubted(ids);
			throw ex;
		}
		catch (RuntimeException ex) {
			cache.unchanged(ids);
			throw ex;
		}
		cache.changed(ids, begun);
		return result;
	}

}
