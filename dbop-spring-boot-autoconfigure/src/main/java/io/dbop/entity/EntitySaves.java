package io.dbop.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.dbop.entity.Batches.Place;
import io.dbop.execution.ExecutionPlan;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.SqlExceptionChain;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.util.Assert;

/** Saves entities. Thread-safe. */
final class EntitySaves {

	/** As many rows are one statement. */
	private static final int CHUNK = 500;

	private final EntityCalls calls;

	private final PartialSaves partial;

	EntitySaves(EntityCalls calls) {
		this.calls = calls;
		this.partial = new PartialSaves(calls);
	}

	EntityRecord save(String entity, Change change, ChangeOptions options) {
		Change.Context context = this.calls.context(options);
		EntityCall call = this.calls.call(entity, "save", options.limit());
		List<Change> changes = List.of(change);
		return this.calls.caches()
			.saving(entity, changes,
					() -> this.calls.within(call,
							() -> this.calls.onSchema(call, entity, changes, (schema) -> this.partial.save(call, schema,
									changes, (given) -> save(call, schema, given.get(0), context)))));
	}

	private EntityRecord save(EntityCall call, EntitySchema schema, Change change, Change.Context context) {
		EncodedRow row = this.calls.encoder().encode(schema, change);
		EntityWriter writer = new EntityWriter(call, schema, this.calls.values());
		try {
			EntityRecord saved = save(call, writer, row, context);
			if (context.expected() == null && this.calls.database().transaction() == null) {
				this.calls.database().engine().writes().alone();
			}
			return saved;
		}
		catch (DuplicateKeyException ex) {
			throw Long.valueOf(0).equals(context.expected()) ? madeByOthers(writer, change.id(), ex) : ex;
		}
	}

	/** Somebody may have been first, as far as that can still be found out. */
	private DataAccessException madeByOthers(EntityWriter writer, String id, DuplicateKeyException refusal) {
		if (this.calls.undone()) {
			return writer.tellsOfKey(refusal) ? writer.made(refusal) : refusal;
		}
		writer.requireVersion(id, 0);
		return refusal;
	}

	private EntityRecord save(EntityCall call, EntityWriter writer, EncodedRow row, Change.Context context) {
		Long expected = context.expected();
		return this.calls.atomically(call, expected == null && changesWithinQueries(), () -> {
			if (expected != null) {
				writer.requireVersion(row.id(), expected);
			}
			boolean update = expected == null || expected > 0;
			Map<String, EntityRecord> saved = writer.save(List.of(row), context, update, false);
			writer.requireSaved(List.of(row), saved);
			return Objects.requireNonNull(saved.get(row.id()));
		});
	}

	List<EntityRecord> saveAll(String entity, List<Change> changes, ChangeOptions options) {
		return saveAll(entity, changes, options, GivenBack.ROWS);
	}

	/** Saves of several callers, each in the name of its own. */
	void saveTogether(String entity, List<Change> changes) {
		Change.Author first = changes.get(0).author();
		boolean same = changes.stream().allMatch((each) -> Objects.equals(each.author(), first));
		if (first == null || !same) {
			saveAll(entity, changes, ChangeOptions.defaults(), GivenBack.IDS);
			return;
		}
		ChangeOptions byAll = ChangeOptions.defaults().withUser(first.by()).comment(first.comment());
		saveAll(entity, changes.stream().map((each) -> each.by(null)).toList(), byAll, GivenBack.IDS);
	}

	private List<EntityRecord> saveAll(String entity, List<Change> changes, ChangeOptions options, GivenBack back) {
		requireNoVersion(options);
		Change.Context context = this.calls.context(options);
		EntityCall call = this.calls.call(entity, "saveAll", options.limit());
		EntityRecord[] saved = new EntityRecord[changes.size()];
		boolean apart = this.calls.database().transaction() == null;
		return this.calls.caches()
			.saving(entity, changes,
					() -> this.calls.within(call, () -> this.calls.onSchema(call, entity, changes, (schema) -> {
						EntityWriter writer = new EntityWriter(call, schema, this.calls.values(), back);
						return this.partial.save(call, schema, changes, (given) -> {
							if (apart) {
								// What was before has been undone.
								Arrays.fill(saved, null);
							}
							saveAll(call, writer, schema, given, context, saved);
							return Arrays.asList(saved);
						});
					})));
	}

	/** In the transaction of the caller goes on where it was before. */
	private void saveAll(EntityCall call, EntityWriter writer, EntitySchema schema, List<Change> changes,
			Change.Context context, EntityRecord[] saved) {
		boolean apart = this.calls.database().transaction() == null;
		List<Integer> open = new ArrayList<>();
		List<EncodedRow> rows = new ArrayList<>(changes.size());
		RowEncoder encoder = this.calls.encoder();
		for (int i = 0; i < saved.length; i++) {
			if (apart || saved[i] == null) {
				open.add(i);
				rows.add(rows.isEmpty() ? encoder.encode(schema, changes.get(i))
						: encoder.encodeAfter(rows.get(rows.size() - 1), schema, changes.get(i)));
			}
		}
		Batches batches = new Batches(rows);
		List<List<Place>> statements = batches.statements((shape) -> writer.maxRows(shape, CHUNK));
		boolean one = statements.size() == 1 && changesWithinQueries() && !call.doubtful();
		this.calls.atomically(call, one, () -> {
			if (batches.mixed()) {
				lock(writer, rows);
			}
			for (List<Place> places : statements) {
				List<EncodedRow> part = places.stream().map(Place::row).toList();
				Map<String, EntityRecord> records = writer.save(part, context, true, one && apart);
				for (Place place : places) {
					EntityRecord record = records.get(place.row().id());
					if (record != null) {
						saved[open.get(place.index())] = record;
					}
				}
				writer.requireSaved(part, records);
			}
			return saved;
		});
	}

	/** Whether tables could not be changed for now, since others use them. */
	boolean tablesAreHeld(Throwable failure) {
		return this.calls.schemas().held(failure);
	}

	/** Whether the database refuses what it was to do, and always will. */
	boolean refusesRows(Throwable failure) {
		Classification classification = SqlExceptionChain.classify(failure, this.calls.dialect()::classify);
		return classification != null
				&& (classification.kind() == FailureKind.PERMANENT || classification.kind() == FailureKind.CONSTRAINT);
	}

	/** Which saves the tables, as they are known now, have no room for. */
	Predicate<Change> needingChange(String entity) {
		return this.calls.needingChange(entity);
	}

	private static void lock(EntityWriter writer, List<EncodedRow> rows) {
		List<String> ids = rows.stream().map(EncodedRow::id).distinct().sorted().toList();
		for (int from = 0; from < ids.size(); from += CHUNK) {
			writer.lock(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
		}
	}

	/** All in one transaction; the tables are made ready for the first of them before. */
	long saveAll(String entity, Iterator<? extends Map<String, ? extends @Nullable Object>> rows,
			ChangeOptions options) {
		requireNoVersion(options);
		List<Change> first = next(entity, rows);
		if (first.isEmpty()) {
			return 0;
		}
		EntityCall call = this.calls.call(entity, "saveAll", options.limit());
		ExecutionPlan plan = this.calls.database().plans().get(call, CallPlans.Kind.WHOLE_ONCE);
		this.calls.onSchema(call, entity, first, EntitySchema::exists);
		return EntityCalls.run(plan, () -> {
			long saved = 0;
			for (List<Change> chunk = first; !chunk.isEmpty(); chunk = next(entity, rows)) {
				saved += saveAll(entity, chunk, options, GivenBack.IDS).size();
			}
			return saved;
		});
	}

	private static List<Change> next(String entity, Iterator<? extends Map<String, ? extends @Nullable Object>> rows) {
		List<Change> chunk = new ArrayList<>(CHUNK);
		Change change = null;
		while (chunk.size() < CHUNK && rows.hasNext()) {
			change = Changes.after(change, entity, rows.next());
			chunk.add(change);
		}
		return chunk;
	}

	static List<Change> changes(String entity, Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
		List<Change> changes = new ArrayList<>(rows.size());
		Change change = null;
		for (Map<String, ? extends @Nullable Object> row : rows) {
			change = Changes.after(change, entity, row);
			changes.add(change);
		}
		return changes;
	}

	static Change change(String entity, Map<String, ? extends @Nullable Object> row) {
		return Changes.after(null, entity, row);
	}

	private static void requireNoVersion(ChangeOptions options) {
		Assert.isNull(options.expected(), "Several entities cannot have one expected version");
	}

	private boolean changesWithinQueries() {
		return this.calls.dialect().tables().changesWithinQueries();
	}

}
