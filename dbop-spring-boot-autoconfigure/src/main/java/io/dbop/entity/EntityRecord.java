package io.dbop.entity;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An entity as the database has it. Immutable, as far as its values are.
 *
 * @param entity the name of the entity
 * @param id the id
 * @param version how often it has been changed, from 1
 * @param createdAt when it was first saved
 * @param createdBy by whom, {@code null} if that is not known
 * @param updatedAt when it was last changed
 * @param updatedBy by whom, {@code null} if that is not known
 * @param deletedAt when it was deleted, {@code null} if it is not
 * @param fields all its fields, those that are null included; read-only
 */
public record EntityRecord(String entity, String id, long version, Instant createdAt, @Nullable String createdBy,
		Instant updatedAt, @Nullable String updatedBy, @Nullable Instant deletedAt,
		Map<String, @Nullable Object> fields) {

	/**
	 * Creates the record.
	 * @param fields the fields, not to be changed any more
	 */
	public EntityRecord {
		fields = Collections.unmodifiableMap(fields);
	}

	/**
	 * Whether it is deleted, and only seen by those who ask for deleted ones.
	 * @return whether it is
	 */
	public boolean deleted() {
		return this.deletedAt != null;
	}

	/**
	 * The value of a field.
	 * @param field the name of the field
	 * @return the value, {@code null} if it is null or there is no such field
	 */
	public @Nullable Object get(String field) {
		return this.fields.get(field);
	}

	/**
	 * The value of a field.
	 * @param field the name of the field
	 * @param type its type
	 * @param <T> its type
	 * @return the value, {@code null} if it is null or there is no such field
	 * @throws ClassCastException if it is of another type
	 */
	public <T> @Nullable T get(String field, Class<T> type) {
		Object value = this.fields.get(field);
		return (value != null) ? type.cast(value) : null;
	}

	/** Without values: it may be logged. */
	@Override
	public String toString() {
		return "%s '%s' version %d %s".formatted(this.entity, this.id, this.version, this.fields.keySet());
	}

}
