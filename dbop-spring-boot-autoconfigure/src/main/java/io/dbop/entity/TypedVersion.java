package io.dbop.entity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A version of an entity: what it was after a change. Immutable, as far as its object is.
 *
 * @param object the entity as it was then; what was removed is shown as it had been
 * @param version the number of the version, from 1, without gaps
 * @param change what was done
 * @param at when it was done
 * @param by who did it, {@code null} if that is not known
 * @param comment why, {@code null} if nobody said
 * @param <T> the type of the object
 */
public record TypedVersion<T>(T object, long version, EntityChange change, Instant at, @Nullable String by,
		@Nullable String comment) {

	/** Without values: it may be logged. */
	@Override
	public String toString() {
		return "version %d, %s at %s".formatted(this.version, this.change, this.at);
	}

}
