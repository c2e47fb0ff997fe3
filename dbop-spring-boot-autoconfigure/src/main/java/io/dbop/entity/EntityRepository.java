package io.dbop.entity;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Saves, finds and deletes entities as objects of a class: the operations of
 * {@link EntityOperations} on one entity.
 * <p>
 * An interface that extends this one for a type with {@link DbEntity}, in a package of
 * the application, is a bean. It may have default methods; no queries are made of the
 * names of methods. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public interface EntityRepository<T> {

	/**
	 * Saves an entity, with all its fields: those that are null become null. Fields that
	 * the class does not have stay as they are.
	 * @param object the entity, a new one if it has no id
	 * @return the entity as it is now, with its id
	 */
	default T save(T object) {
		return save(object, ChangeOptions.defaults());
	}

	/**
	 * Saves an entity in a way of one's own.
	 * @param object the entity, a new one if it has no id
	 * @param options by whom, why, and with what limits
	 * @return the entity as it is now, with its id
	 */
	T save(T object, ChangeOptions options);

	/**
	 * Saves several entities, all or none.
	 * @param objects the entities
	 * @return the entities as they are after each save, in the same order
	 */
	default List<T> saveAll(Collection<? extends T> objects) {
		return saveAll(objects, ChangeOptions.defaults());
	}

	/**
	 * Saves several entities in a way of one's own, all or none.
	 * @param objects the entities
	 * @param options by whom, why, and with what limits
	 * @return the entities as they are after each save, in the same order
	 */
	List<T> saveAll(Collection<? extends T> objects, ChangeOptions options);

	/**
	 * Saves as many entities as an iterator gives, all or none, in the memory of some
	 * hundred. Since it can be read only once, nothing is repeated.
	 * @param objects the entities
	 * @return how many were saved
	 */
	default long saveAll(Iterator<? extends T> objects) {
		return saveAll(objects, ChangeOptions.defaults());
	}

	/**
	 * Saves as many entities as an iterator gives in a way of one's own.
	 * @param objects the entities
	 * @param options by whom, why, and with what limits
	 * @return how many were saved
	 */
	long saveAll(Iterator<? extends T> objects, ChangeOptions options);

	/**
	 * Gets an entity that is not deleted.
	 * @param id the id
	 * @return the entity, empty if there is none
	 */
	default Optional<T> get(String id) {
		return get(id, ReadOptions.defaults());
	}

	/**
	 * Gets an entity in a way of one's own.
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return the entity, empty if there is none
	 */
	Optional<T> get(String id, ReadOptions options);

	/**
	 * Whether there is an entity that is not deleted.
	 * @param id the id
	 * @return whether there is
	 */
	default boolean exists(String id) {
		return exists(id, ReadOptions.defaults());
	}

	/**
	 * Whether there is an entity.
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return whether there is
	 */
	boolean exists(String id, ReadOptions options);

	/**
	 * Finds entities.
	 * @param query which, in which order, how many
	 * @return the entities
	 */
	List<T> find(EntityQuery query);

	/**
	 * Finds the entities that come after one: the next page of a query.
	 * @param query which, in which order, how many
	 * @param last the last entity of the page before, with the fields that the order
	 * names
	 * @return the entities
	 */
	List<T> findAfter(EntityQuery query, T last);

	/**
	 * Finds entities and reads them while they are looked at. The stream has to be
	 * closed: it holds the connection.
	 * @param query which, in which order, how many
	 * @return the entities
	 */
	Stream<T> stream(EntityQuery query);

	/**
	 * Counts the entities that are not deleted.
	 * @return the number
	 */
	default long count() {
		return count(EntityQuery.all());
	}

	/**
	 * Counts entities.
	 * @param query which; its order, limit and offset do not matter
	 * @return the number
	 */
	long count(EntityQuery query);

	/**
	 * Marks an entity as deleted. It can be restored.
	 * @param id the id
	 * @return whether it was there and not deleted before
	 */
	default boolean delete(String id) {
		return delete(id, ChangeOptions.defaults());
	}

	/**
	 * Marks an entity as deleted.
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there and not deleted before
	 */
	boolean delete(String id, ChangeOptions options);

	/**
	 * Restores an entity that is deleted.
	 * @param id the id
	 * @return whether it was deleted
	 */
	default boolean restore(String id) {
		return restore(id, ChangeOptions.defaults());
	}

	/**
	 * Restores an entity that is deleted.
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was deleted
	 */
	boolean restore(String id, ChangeOptions options);

	/**
	 * Removes an entity for good, deleted or not. Its history stays.
	 * @param id the id
	 * @return whether it was there
	 */
	default boolean purge(String id) {
		return purge(id, ChangeOptions.defaults());
	}

	/**
	 * Removes an entity for good, deleted or not.
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there
	 */
	boolean purge(String id, ChangeOptions options);

	/**
	 * The history of an entity, newest first.
	 * @param id the id
	 * @return all its versions
	 */
	default List<TypedVersion<T>> history(String id) {
		return history(id, HistoryQuery.all());
	}

	/**
	 * A part of the history of an entity, newest first.
	 * @param id the id
	 * @param query which part
	 * @return its versions
	 */
	List<TypedVersion<T>> history(String id, HistoryQuery query);

	/**
	 * A version of an entity. To restore it, save its object.
	 * @param id the id
	 * @param version the version, from 1
	 * @return the version, empty if there is none
	 */
	default Optional<TypedVersion<T>> version(String id, long version) {
		return version(id, version, ReadOptions.defaults());
	}

	/**
	 * A version of an entity in a way of one's own.
	 * @param id the id
	 * @param version the version, from 1
	 * @param options with what limits; versions of what is deleted are always there
	 * @return the version, empty if there is none
	 */
	Optional<TypedVersion<T>> version(String id, long version, ReadOptions options);

	/**
	 * What has to be done about the tables before such entities can be saved. Changes
	 * nothing.
	 * @return the statements, empty if the tables can take them
	 */
	List<String> plan();

	/**
	 * Makes the tables such that they can take these entities, as the mode of the entity
	 * allows: a repository bean does so when it is made.
	 * @throws EntitySchemaException if they cannot, and the mode does not allow to change
	 * them
	 */
	void prepare();

}
