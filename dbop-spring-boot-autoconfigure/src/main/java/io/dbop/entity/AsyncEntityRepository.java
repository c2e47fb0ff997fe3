package io.dbop.entity;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The operations of {@link EntityRepository} for those who do not wait, as in
 * {@link AsyncEntityOperations}. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public interface AsyncEntityRepository<T> {

	/**
	 * Saves an entity, with all its fields.
	 * @param object the entity, a new one if it has no id
	 * @return the entity as it is then, with its id
	 */
	default CompletableFuture<T> save(T object) {
		return save(object, ChangeOptions.defaults());
	}

	/**
	 * Saves an entity in a way of one's own.
	 * @param object the entity, a new one if it has no id
	 * @param options by whom, why, and with what limits
	 * @return the entity as it is then, with its id
	 */
	CompletableFuture<T> save(T object, ChangeOptions options);

	/**
	 * Saves several entities, all or none.
	 * @param objects the entities
	 * @param options by whom, why, and with what limits
	 * @return the entities as they are after each save, in the same order
	 */
	CompletableFuture<List<T>> saveAll(Collection<? extends T> objects, ChangeOptions options);

	/**
	 * Saves as many entities as an iterator gives, all or none.
	 * @param objects the entities, read on the other thread
	 * @param options by whom, why, and with what limits
	 * @return how many were saved
	 */
	CompletableFuture<Long> saveAll(Iterator<? extends T> objects, ChangeOptions options);

	/**
	 * Gets an entity that is not deleted.
	 * @param id the id
	 * @return the entity, empty if there is none
	 */
	default CompletableFuture<Optional<T>> get(String id) {
		return get(id, ReadOptions.defaults());
	}

	/**
	 * Gets an entity in a way of one's own.
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return the entity, empty if there is none
	 */
	CompletableFuture<Optional<T>> get(String id, ReadOptions options);

	/**
	 * Whether there is an entity.
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return whether there is
	 */
	CompletableFuture<Boolean> exists(String id, ReadOptions options);

	/**
	 * Finds entities.
	 * @param query which, in which order, how many
	 * @return the entities
	 */
	CompletableFuture<List<T>> find(EntityQuery query);

	/**
	 * Finds the entities that come after one: the next page of a query.
	 * @param query which, in which order, how many
	 * @param last the last entity of the page before
	 * @return the entities
	 */
	CompletableFuture<List<T>> findAfter(EntityQuery query, T last);

	/**
	 * Counts entities.
	 * @param query which; its order, limit and offset do not matter
	 * @return the number
	 */
	CompletableFuture<Long> count(EntityQuery query);

	/**
	 * Marks an entity as deleted.
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there and not deleted before
	 */
	CompletableFuture<Boolean> delete(String id, ChangeOptions options);

	/**
	 * Restores an entity that is deleted.
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was deleted
	 */
	CompletableFuture<Boolean> restore(String id, ChangeOptions options);

	/**
	 * Removes an entity for good, deleted or not.
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there
	 */
	CompletableFuture<Boolean> purge(String id, ChangeOptions options);

	/**
	 * A part of the history of an entity, newest first.
	 * @param id the id
	 * @param query which part
	 * @return its versions
	 */
	CompletableFuture<List<TypedVersion<T>>> history(String id, HistoryQuery query);

	/**
	 * A version of an entity.
	 * @param id the id
	 * @param version the version, from 1
	 * @return the version, empty if there is none
	 */
	CompletableFuture<Optional<TypedVersion<T>>> version(String id, long version);

}
