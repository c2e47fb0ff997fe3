package io.dbop.entity;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Saves of some of the fields of entities. A save begins as an insert of what was given,
 * which a constraint of the table, or a policy, may refuse although the row is there and
 * has what it asks for: only then the rest is read, and saved with it. Thread-safe.
 */
final class PartialSaves {

	/** So many rows are read at once. */
	private static final int CHUNK = 500;

	private final EntityCalls calls;

	PartialSaves(EntityCalls calls) {
		this.calls = calls;
	}

	<T extends @Nullable Object> T save(EntityCall call, EntitySchema schema, List<Change> changes,
			Function<List<Change>, T> save) {
		try {
			return save.apply(changes);
		}
		catch (DataAccessException ex) {
			if (!refused(ex) || undone(call) || changes.stream().allMatch((change) -> whole(schema, change))) {
				throw ex;
			}
			return this.calls.atomically(call, false, () -> {
				List<Change> whole = completed(call, schema, changes);
				if (whole.equals(changes)) {
					throw ex;
				}
				return save.apply(whole);
			});
		}
	}

	private boolean refused(DataAccessException ex) {
		boolean byConstraint = ex instanceof DataIntegrityViolationException && !(ex instanceof DuplicateKeyException);
		return byConstraint
				|| (ex.getRootCause() instanceof SQLException cause && this.calls.dialect().tables().rowRefused(cause));
	}

	/** Whether the transaction of the caller cannot go on as if nothing was. */
	private boolean undone(EntityCall call) {
		return this.calls.undone() || (this.calls.database().transaction() != null && call.unrecorded());
	}

	private static boolean whole(EntitySchema schema, Change change) {
		return change.fresh() || change.fields().keySet().containsAll(schema.fields().keySet());
	}

	private List<Change> completed(EntityCall call, EntitySchema schema, List<Change> changes) {
		List<String> ids = changes.stream()
			.filter((change) -> !change.fresh())
			.map(Change::id)
			.distinct()
			.sorted()
			.toList();
		EntityWriter writer = new EntityWriter(call, schema, this.calls.values());
		Map<String, Map<String, @Nullable Object>> known = new HashMap<>();
		for (int from = 0; from < ids.size(); from += CHUNK) {
			writer.locked(ids.subList(from, Math.min(ids.size(), from + CHUNK)))
				.forEach((id, row) -> known.put(id, new HashMap<>(row.fields())));
		}
		return changes.stream().map((change) -> completed(change, known)).toList();
	}

	/** One of several of the same id begins with what those before it leave. */
	private static Change completed(Change change, Map<String, Map<String, @Nullable Object>> known) {
		Map<String, @Nullable Object> row = known.computeIfAbsent(change.id(), (id) -> new HashMap<>());
		row.putAll(change.fields());
		return new Change(change.id(), change.fresh(), Fields.of(row, null), change.author());
	}

}
