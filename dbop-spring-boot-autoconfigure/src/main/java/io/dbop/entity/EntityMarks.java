package io.dbop.entity;

import java.util.List;
import java.util.Locale;

/** Deletes, restores and removes entities. Thread-safe. */
final class EntityMarks {

	private final EntityCalls calls;

	EntityMarks(EntityCalls calls) {
		this.calls = calls;
	}

	boolean mark(String entity, String id, EntityChange change, ChangeOptions options) {
		Change.Context context = this.calls.context(options);
		EntityCall call = this.calls.call(entity, change.name().toLowerCase(Locale.ROOT), options.limit());
		return this.calls.caches()
			.changing(entity, id, () -> this.calls.within(call, () -> this.calls.onSchema(call, entity, List.of(),
					(schema) -> schema.exists() && mark(call, schema, id, change, context))));
	}

	private boolean mark(EntityCall call, EntitySchema schema, String id, EntityChange change, Change.Context context) {
		EntityWriter writer = new EntityWriter(call, schema, this.calls.values());
		boolean one = change != EntityChange.PURGE && this.calls.dialect().tables().changesWithinQueries();
		return this.calls.atomically(call, one, () -> {
			boolean marked = writer.mark(change, id, context);
			if (marked && change == EntityChange.PURGE) {
				writer.remove(id);
			}
			return marked;
		});
	}

}
