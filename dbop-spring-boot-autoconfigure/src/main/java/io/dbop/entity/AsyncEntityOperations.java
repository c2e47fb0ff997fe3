package io.dbop.entity;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The operations of {@link EntityOperations} for those who do not wait: each is done on
 * another thread, outside of the transaction of the caller, but on behalf of the caller's
 * user. To complete a future from outside ends its work. Thread-safe.
 */
public interface AsyncEntityOperations {

	/**
	 * Saves an entity.
	 * @param entity the name of the entity
	 * @param fields the fields, {@code id} among them or not; not to be changed until it
	 * is done
	 * @return the whole entity as it is then
	 * @see EntityOperations#save(String, Map)
	 */
	default CompletableFuture<EntityRecord> save(String entity, Map<String, ? extends @Nullable Object> fields) {
		return save(entity, fields, ChangeOptions.defaults());
	}

	/**
	 * Saves an entity in a way of one's own.
	 * @param entity the name of the entity
	 * @param fields the fields, {@code id} among them or not
	 * @param options by whom, why, and with what limits
	 * @return the whole entity as it is then
	 */
	CompletableFuture<EntityRecord> save(String entity, Map<String, ? extends @Nullable Object> fields,
			ChangeOptions options);

	/**
	 * Saves the entity with an id.
	 * @param entity the name of the entity
	 * @param id the id; blank for a new one
	 * @param fields the fields
	 * @return the whole entity as it is then
	 */
	default CompletableFuture<EntityRecord> save(String entity, String id,
			Map<String, ? extends @Nullable Object> fields) {
		return save(entity, id, fields, ChangeOptions.defaults());
	}

	/**
	 * Saves the entity with an id in a way of one's own.
	 * @param entity the name of the entity
	 * @param id the id; blank for a new one
	 * @param fields the fields
	 * @param options by whom, why, and with what limits
	 * @return the whole entity as it is then
	 */
	CompletableFuture<EntityRecord> save(String entity, String id, Map<String, ? extends @Nullable Object> fields,
			ChangeOptions options);

	/**
	 * Saves several entities, all or none.
	 * @param entity the name of the entity
	 * @param rows the fields of each
	 * @return the whole entities as they are after each save, in the order of the rows
	 */
	default CompletableFuture<List<EntityRecord>> saveAll(String entity,
			Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
		return saveAll(entity, rows, ChangeOptions.defaults());
	}

	/**
	 * Saves several entities in a way of one's own, all or none.
	 * @param entity the name of the entity
	 * @param rows the fields of each
	 * @param options by whom, why, and with what limits
	 * @return the whole entities as they are after each save, in the order of the rows
	 */
	CompletableFuture<List<EntityRecord>> saveAll(String entity,
			Collection<? extends Map<String, ? extends @Nullable Object>> rows, ChangeOptions options);

	/**
	 * Saves as many entities as an iterator gives, all or none.
	 * @param entity the name of the entity
	 * @param rows the fields of each, read on the other thread
	 * @param options by whom, why, and with what limits
	 * @return how many were saved
	 */
	CompletableFuture<Long> saveAll(String entity, Iterator<? extends Map<String, ? extends @Nullable Object>> rows,
			ChangeOptions options);

	/**
	 * Gets an entity that is not deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return the entity, empty if there is none
	 */
	default CompletableFuture<Optional<EntityRecord>> get(String entity, String id) {
		return get(entity, id, ReadOptions.defaults());
	}

	/**
	 * Gets an entity in a way of one's own.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return the entity, empty if there is none
	 */
	CompletableFuture<Optional<EntityRecord>> get(String entity, String id, ReadOptions options);

	/**
	 * Whether there is an entity.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return whether there is
	 */
	CompletableFuture<Boolean> exists(String entity, String id, ReadOptions options);

	/**
	 * Finds entities.
	 * @param entity the name of the entity
	 * @param query which, in which order, how many
	 * @return the entities
	 */
	CompletableFuture<List<EntityRecord>> find(String entity, EntityQuery query);

	/**
	 * Counts entities.
	 * @param entity the name of the entity
	 * @param query which; its order, limit and offset do not matter
	 * @return the number
	 */
	CompletableFuture<Long> count(String entity, EntityQuery query);

	/**
	 * Marks an entity as deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there and not deleted before
	 */
	CompletableFuture<Boolean> delete(String entity, String id, ChangeOptions options);

	/**
	 * Restores an entity that is deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was deleted
	 */
	CompletableFuture<Boolean> restore(String entity, String id, ChangeOptions options);

	/**
	 * Removes an entity for good, deleted or not.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there
	 */
	CompletableFuture<Boolean> purge(String entity, String id, ChangeOptions options);

	/**
	 * A part of the history of an entity, newest first.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param query which part
	 * @return its versions
	 */
	CompletableFuture<List<EntityVersion>> history(String entity, String id, HistoryQuery query);

	/**
	 * A version of an entity.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param version the version, from 1
	 * @return the version, empty if there is none
	 */
	CompletableFuture<Optional<EntityVersion>> version(String entity, String id, long version);

	/**
	 * The same operations on objects of a class.
	 * @param type a record or bean with {@link DbEntity}
	 * @param <T> the type
	 * @return the operations
	 */
	<T> AsyncEntityRepository<T> typed(Class<T> type);

}
