package io.dbop.entity;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A save of one entity, checked and not yet encoded.
 *
 * @param id the id
 * @param fresh whether the id has been made up, and so was never used
 * @param fields the fields
 */
record Change(String id, boolean fresh, Map<String, @Nullable Object> fields) {

	/**
	 * What all saves of one call have in common.
	 *
	 * @param at when
	 * @param by by whom
	 * @param comment why
	 * @param expected the version that the entity must have
	 */
	record Context(Instant at, @Nullable String by, @Nullable String comment, @Nullable Long expected) {
	}

}
