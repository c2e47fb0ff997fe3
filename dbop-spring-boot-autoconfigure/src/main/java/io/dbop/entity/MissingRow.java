package io.dbop.entity;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/** Finds out why a row has not been changed. */
final class MissingRow {

	private final EntityCall call;

	private final ChangeSql texts;

	private final EntitySchema schema;

	MissingRow(EntityCall call, ChangeSql texts, EntitySchema schema) {
		this.call = call;
		this.texts = texts;
		this.schema = schema;
	}

	/** Why it could neither be inserted nor updated. */
	DataAccessException explain(String id) {
		Found found = look(id);
		if (found == null && !this.call.database().dialect().tables().updatesByAnyKey()) {
			// It was removed in the meantime.
			return new StaleSchemaException(this.schema.entity(), 0);
		}
		if (found == null) {
			return new DuplicateKeyException(
					"The entity '%s' of database '%s' could not be saved: another one has the same value in a column with a unique index. Nothing was saved."
						.formatted(this.schema.entity(), this.call.database().alias()));
		}
		return new StaleSchemaException(this.schema.entity(), found.revision());
	}

	/**
	 * Whether a change had nothing to change.
	 * @throws StaleSchemaException if others know more of it
	 * @throws OptimisticLockingFailureException if it has another version
	 */
	void requireUnchanged(EntityChange change, String id, @Nullable Long expected) {
		Found found = look(id);
		long version = (found != null) ? found.version() : 0;
		if (expected != null && version != expected) {
			throw conflict(expected, version);
		}
		if (found == null) {
			return;
		}
		boolean there = switch (change) {
			case DELETE -> !found.deleted();
			case RESTORE -> found.deleted();
			default -> true;
		};
		if (there) {
			throw new StaleSchemaException(this.schema.entity(), found.revision());
		}
	}

	/** The version that is there now is the one that is expected, and stays. */
	void requireVersion(String id, long expected) {
		Found found = look(id);
		long version = (found != null) ? found.version() : 0;
		if (version != expected) {
			throw conflict(expected, version);
		}
	}

	private OptimisticLockingFailureException conflict(long expected, long found) {
		return new OptimisticLockingFailureException(
				"The entity '%s' of database '%s' was to have version %d and %s. Nothing was changed. Read it again, and decide."
					.formatted(this.schema.entity(), this.call.database().alias(), expected,
							(found > 0) ? "has " + found : "is not there"));
	}

	private @Nullable Found look(String id) {
		List<Found> found = this.call.sql(this.texts.look(), List.of(id))
			.query((row, number) -> new Found(row.getLong(1), row.getInt(2), row.getObject(3) != null))
			.list();
		return found.isEmpty() ? null : Objects.requireNonNull(found.get(0));
	}

	private record Found(long version, int revision, boolean deleted) {
	}

}
