package io.dbop.entity;

import java.time.Clock;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.dbop.entity.value.EntitySerializer;
import io.dbop.entity.value.FieldType;
import io.dbop.execution.DatabaseEngine;
import io.dbop.statement.AsyncTasks;
import io.dbop.statement.Statements;
import org.jspecify.annotations.Nullable;

/**
 * Saves, finds and deletes the entities of one database. An entity is a map of fields
 * with an id; all of a kind are in a table of their own, which is made when the first of
 * them is saved and gets a column for each field as it comes. Each change is recorded in
 * a history, in the same transaction.
 * <p>
 * Every operation is atomic. In a transaction of the caller it takes part; elsewhere it
 * is one of its own, and is repeated where that is safe. Reads make no table: of an
 * entity that was never saved there is nothing. Exceptions are Spring's
 * {@code DataAccessException}s. Thread-safe.
 */
public interface EntityOperations {

	/**
	 * Creates the operations on the entities of a database.
	 * @param engine the engine of the database
	 * @param settings what is configured
	 * @param user tells by whom entities are changed
	 * @param serializers for types of the application's own
	 * @return the operations
	 */
	static EntityOperations of(DatabaseEngine engine, EntitySettings settings, EntityUser user,
			Collection<? extends EntitySerializer<?>> serializers) {
		return of(engine, settings, user, serializers, EntityCaching.none());
	}

	/**
	 * Creates the operations on the entities of a database, some of which are read
	 * through caches.
	 * @param engine the engine of the database
	 * @param settings what is configured
	 * @param user tells by whom entities are changed
	 * @param serializers for types of the application's own
	 * @param caching which entities are cached, and where
	 * @return the operations
	 */
	static EntityOperations of(DatabaseEngine engine, EntitySettings settings, EntityUser user,
			Collection<? extends EntitySerializer<?>> serializers, EntityCaching caching) {
		EntityDatabase database = new EntityDatabase(engine, Statements.of(engine));
		return new EngineEntities(new EntityCalls(database, settings, user, serializers, caching, Clock.systemUTC()));
	}

	/**
	 * Saves an entity: a new one, or, if there is one with its {@code id}, what is given
	 * of it. Fields that are absent stay as they are, nulls become null. One that was
	 * deleted is there again.
	 * @param entity the name of the entity
	 * @param fields the fields, {@code id} among them or not
	 * @return the whole entity as it is now
	 */
	default EntityRecord save(String entity, Map<String, ? extends @Nullable Object> fields) {
		return save(entity, fields, ChangeOptions.defaults());
	}

	/**
	 * Saves an entity in a way of one's own.
	 * @param entity the name of the entity
	 * @param fields the fields, {@code id} among them or not
	 * @param options by whom, why, and with what limits
	 * @return the whole entity as it is now
	 */
	EntityRecord save(String entity, Map<String, ? extends @Nullable Object> fields, ChangeOptions options);

	/**
	 * Saves the entity with an id.
	 * @param entity the name of the entity
	 * @param id the id; blank for a new one
	 * @param fields the fields
	 * @return the whole entity as it is now
	 */
	default EntityRecord save(String entity, String id, Map<String, ? extends @Nullable Object> fields) {
		return save(entity, id, fields, ChangeOptions.defaults());
	}

	/**
	 * Saves the entity with an id in a way of one's own.
	 * @param entity the name of the entity
	 * @param id the id; blank for a new one
	 * @param fields the fields
	 * @param options by whom, why, and with what limits
	 * @return the whole entity as it is now
	 */
	EntityRecord save(String entity, String id, Map<String, ? extends @Nullable Object> fields, ChangeOptions options);

	/**
	 * Saves several entities, all or none: the same as to save one after the other.
	 * @param entity the name of the entity
	 * @param rows the fields of each
	 * @return the whole entities as they are after each save, in the order of the rows
	 */
	default List<EntityRecord> saveAll(String entity,
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
	List<EntityRecord> saveAll(String entity, Collection<? extends Map<String, ? extends @Nullable Object>> rows,
			ChangeOptions options);

	/**
	 * Saves as many entities as an iterator gives, all or none, in the memory of some
	 * hundred. Since it can be read only once, nothing is repeated.
	 * @param entity the name of the entity
	 * @param rows the fields of each
	 * @return how many were saved
	 */
	default long saveAll(String entity, Iterator<? extends Map<String, ? extends @Nullable Object>> rows) {
		return saveAll(entity, rows, ChangeOptions.defaults());
	}

	/**
	 * Saves as many entities as an iterator gives in a way of one's own.
	 * @param entity the name of the entity
	 * @param rows the fields of each
	 * @param options by whom, why, and with what limits
	 * @return how many were saved
	 */
	long saveAll(String entity, Iterator<? extends Map<String, ? extends @Nullable Object>> rows,
			ChangeOptions options);

	/**
	 * Gets an entity that is not deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return the entity, empty if there is none
	 */
	default Optional<EntityRecord> get(String entity, String id) {
		return get(entity, id, ReadOptions.defaults());
	}

	/**
	 * Gets an entity in a way of one's own.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return the entity, empty if there is none
	 */
	Optional<EntityRecord> get(String entity, String id, ReadOptions options);

	/**
	 * Whether there is an entity that is not deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return whether there is
	 */
	default boolean exists(String entity, String id) {
		return exists(entity, id, ReadOptions.defaults());
	}

	/**
	 * Whether there is an entity.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options with what limits, and whether deleted or not
	 * @return whether there is
	 */
	boolean exists(String entity, String id, ReadOptions options);

	/**
	 * Finds entities.
	 * @param entity the name of the entity
	 * @param query which, in which order, how many
	 * @return the entities
	 */
	List<EntityRecord> find(String entity, EntityQuery query);

	/**
	 * Finds entities and reads them while they are looked at. The stream has to be
	 * closed: it holds the connection.
	 * @param entity the name of the entity
	 * @param query which, in which order, how many
	 * @return the entities
	 */
	Stream<EntityRecord> stream(String entity, EntityQuery query);

	/**
	 * Counts the entities that are not deleted.
	 * @param entity the name of the entity
	 * @return the number
	 */
	default long count(String entity) {
		return count(entity, EntityQuery.all());
	}

	/**
	 * Counts entities.
	 * @param entity the name of the entity
	 * @param query which; its order, limit and offset do not matter
	 * @return the number
	 */
	long count(String entity, EntityQuery query);

	/**
	 * Marks an entity as deleted. It can be restored.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return whether it was there and not deleted before; nothing is changed or recorded
	 * otherwise
	 */
	default boolean delete(String entity, String id) {
		return delete(entity, id, ChangeOptions.defaults());
	}

	/**
	 * Marks an entity as deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there and not deleted before
	 */
	boolean delete(String entity, String id, ChangeOptions options);

	/**
	 * Restores an entity that is deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return whether it was deleted; nothing is changed or recorded otherwise
	 */
	default boolean restore(String entity, String id) {
		return restore(entity, id, ChangeOptions.defaults());
	}

	/**
	 * Restores an entity that is deleted.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was deleted
	 */
	boolean restore(String entity, String id, ChangeOptions options);

	/**
	 * Removes an entity for good, deleted or not. Its history stays, and goes on should
	 * it be saved again.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return whether it was there
	 */
	default boolean purge(String entity, String id) {
		return purge(entity, id, ChangeOptions.defaults());
	}

	/**
	 * Removes an entity for good, deleted or not.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param options by whom, why, and with what limits
	 * @return whether it was there
	 */
	boolean purge(String entity, String id, ChangeOptions options);

	/**
	 * The history of an entity, newest first.
	 * @param entity the name of the entity
	 * @param id the id
	 * @return all its versions
	 */
	default List<EntityVersion> history(String entity, String id) {
		return history(entity, id, HistoryQuery.all());
	}

	/**
	 * A part of the history of an entity, newest first.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param query which part
	 * @return its versions
	 */
	List<EntityVersion> history(String entity, String id, HistoryQuery query);

	/**
	 * A version of an entity. To restore it, save its fields.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param version the version, from 1
	 * @return the version, empty if there is none
	 */
	default Optional<EntityVersion> version(String entity, String id, long version) {
		return version(entity, id, version, ReadOptions.defaults());
	}

	/**
	 * A version of an entity in a way of one's own.
	 * @param entity the name of the entity
	 * @param id the id
	 * @param version the version, from 1
	 * @param options with what limits; versions of what is deleted are always there
	 * @return the version, empty if there is none
	 */
	Optional<EntityVersion> version(String entity, String id, long version, ReadOptions options);

	/**
	 * The entities whose tables are known so far, and their fields, in the order of the
	 * columns. Asks the database nothing.
	 * @return the types of the fields, by entity
	 */
	Map<String, Map<String, FieldType>> known();

	/**
	 * What a save would change about the tables. Changes nothing.
	 * @param entity the name of the entity
	 * @param sample fields as they would be saved
	 * @return the statements, empty if the tables can take it
	 */
	List<String> plan(String entity, Map<String, ? extends @Nullable Object> sample);

	/**
	 * Makes the tables such that a save would change nothing about them, as at the start
	 * of an application.
	 * @param entity the name of the entity
	 * @param sample fields as they will be saved
	 */
	void prepare(String entity, Map<String, ? extends @Nullable Object> sample);

	/**
	 * The same operations on objects of a class.
	 * @param type a record or bean with {@link DbEntity}, whose database does not matter
	 * @param <T> the type
	 * @return the operations
	 * @throws InvalidEntityException if objects of this type cannot be entities
	 */
	<T> EntityRepository<T> typed(Class<T> type);

	/**
	 * Commits single saves of an entity, from many threads, together. There is one writer
	 * of each entity, until it is closed.
	 * @param entity the name of the entity
	 * @return the writer, to be kept or asked for again
	 */
	BatchWriter writer(String entity);

	/**
	 * The same operations, run by tasks.
	 * @param tasks runs tasks on threads of its own
	 * @return the operations
	 */
	AsyncEntityOperations async(AsyncTasks tasks);

}
