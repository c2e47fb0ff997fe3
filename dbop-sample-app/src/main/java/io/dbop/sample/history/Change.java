package io.dbop.sample.history;

import java.time.Instant;

import io.dbop.entity.EntityChange;
import io.dbop.entity.EntityVersion;
import io.dbop.entity.TypedVersion;
import org.jspecify.annotations.Nullable;

/**
 * A change of an entity.
 *
 * @param version which one, from 1
 * @param change what was done
 * @param at when
 * @param by by whom
 * @param comment why
 * @param state what it was afterwards
 */
public record Change(long version, EntityChange change, Instant at, @Nullable String by, @Nullable String comment,
		Object state) {

	/**
	 * A version of an entity that is a map.
	 * @param version the version
	 * @return the change
	 */
	public static Change of(EntityVersion version) {
		return new Change(version.version(), version.change(), version.at(), version.by(), version.comment(),
				version.fields());
	}

	/**
	 * A version of an entity that is an object.
	 * @param version the version
	 * @return the change
	 */
	public static Change of(TypedVersion<?> version) {
		return new Change(version.version(), version.change(), version.at(), version.by(), version.comment(),
				version.object());
	}

}
