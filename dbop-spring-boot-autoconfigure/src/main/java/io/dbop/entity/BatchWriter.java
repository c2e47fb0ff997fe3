package io.dbop.entity;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Commits single saves of one entity, from many threads, together: those that come while
 * a group is on its way to the database are the next group. Nothing is held back that is
 * not in the database: a future completes when its save has been committed.
 * <p>
 * What an entity has become is not read back: that is a good part of the cost. A save is
 * outside of any transaction of the caller. The saves of one id are done in the order in
 * which they came. Where a save cannot be done its future fails, and not those of its
 * neighbours; where a group fails as a whole, since the database is away or the outcome
 * of its commit is unknown, all futures of the group fail with that. A group is repeated
 * where a single save would be. When there is no room left callers wait, and after a
 * while their futures fail with Spring's {@code TransientDataAccessException}.
 * <p>
 * What depends on a future without an executor of its own runs on the thread that
 * commits, and must not wait for other saves. To complete or cancel a future from outside
 * does not undo its save. Thread-safe.
 */
public interface BatchWriter extends AutoCloseable {

	/**
	 * Saves an entity: a new one, or, if there is one with its {@code id}, what is given
	 * of it.
	 * @param fields the fields, {@code id} among them or not
	 * @return its id, when it is in the database
	 * @throws InvalidEntityException if its id or a name cannot be used
	 * @see EntityOperations#save(String, Map)
	 */
	default CompletableFuture<String> save(Map<String, ? extends @Nullable Object> fields) {
		return save(fields, ChangeOptions.defaults());
	}

	/**
	 * Saves an entity in a way of one's own.
	 * @param fields the fields, {@code id} among them or not
	 * @param options by whom and why; a limit or an expected version belongs to a save of
	 * its own
	 * @return its id, when it is in the database
	 */
	CompletableFuture<String> save(Map<String, ? extends @Nullable Object> fields, ChangeOptions options);

	/**
	 * Saves the entity with an id.
	 * @param id the id; blank for a new one
	 * @param fields the fields
	 * @return its id, when it is in the database
	 */
	default CompletableFuture<String> save(String id, Map<String, ? extends @Nullable Object> fields) {
		return save(id, fields, ChangeOptions.defaults());
	}

	/**
	 * Saves the entity with an id in a way of one's own.
	 * @param id the id; blank for a new one
	 * @param fields the fields
	 * @param options by whom and why
	 * @return its id, when it is in the database
	 */
	CompletableFuture<String> save(String id, Map<String, ? extends @Nullable Object> fields, ChangeOptions options);

	/**
	 * Waits until all that has been taken so far is in the database, or has failed.
	 */
	void flush();

	/**
	 * Takes no more, and waits for what has been taken. Is done by itself when the
	 * application stops, within the time that it has for that. Idempotent.
	 */
	@Override
	void close();

}
