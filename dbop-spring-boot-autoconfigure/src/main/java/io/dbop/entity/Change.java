package io.dbop.entity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A save of one entity, checked and not yet encoded.
 *
 * @param id the id
 * @param fresh whether the id has been made up, and so was never used
 * @param fields the fields
 * @param author whose save it is, {@code null} if all of its call are the same one's
 */
record Change(String id, boolean fresh, Fields fields, @Nullable Author author) {

	Change(String id, boolean fresh, Fields fields) {
		this(id, fresh, fields, null);
	}

	Change by(@Nullable Author other) {
		return new Change(this.id, this.fresh, this.fields, other);
	}

	/**
	 * Whose save it is.
	 *
	 * @param by by whom
	 * @param comment why
	 */
	record Author(@Nullable String by, @Nullable String comment) {
	}

	/**
	 * What all saves of one call have in common.
	 *
	 * @param at when
	 * @param by by whom
	 * @param comment why
	 * @param expected the version that the entity must have
	 */
	record Context(Instant at, @Nullable String by, @Nullable String comment, @Nullable Long expected) {

		Author authorOf(Change change) {
			return (change.author() != null) ? change.author() : new Author(this.by, this.comment);
		}

	}

}
