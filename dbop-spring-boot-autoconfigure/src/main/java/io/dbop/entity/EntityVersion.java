package io.dbop.entity;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A version of an entity: what it was after a change, and before the next one. Immutable.
 *
 * @param record the entity as it was then; what was removed is shown as it had been
 * @param change what was done
 * @param comment why, {@code null} if nobody said
 */
public record EntityVersion(EntityRecord record, EntityChange change, @Nullable String comment) {

	/**
	 * The id of the entity.
	 * @return the id
	 */
	public String id() {
		return this.record.id();
	}

	/**
	 * The number of the version, from 1, without gaps.
	 * @return the number
	 */
	public long version() {
		return this.record.version();
	}

	/**
	 * When it was done.
	 * @return the time
	 */
	public Instant at() {
		return this.record.updatedAt();
	}

	/**
	 * Who did it.
	 * @return the user, {@code null} if that is not known
	 */
	public @Nullable String by() {
		return this.record.updatedBy();
	}

	/**
	 * All fields as they were then. Saved again they restore this version: fields that
	 * have come later are null.
	 * @return the fields, read-only
	 */
	public Map<String, @Nullable Object> fields() {
		return this.record.fields();
	}

	/**
	 * The value of a field as it was then.
	 * @param field the name of the field
	 * @return the value, {@code null} if it is null or there is no such field
	 */
	public @Nullable Object get(String field) {
		return this.record.get(field);
	}

}
