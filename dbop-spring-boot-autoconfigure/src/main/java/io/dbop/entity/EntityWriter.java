package io.dbop.entity;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.TableSql;
import io.dbop.dialect.TableSql.Insert;
import io.dbop.entity.value.FieldValues;
import io.dbop.entity.value.InvalidValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Writes rows of an entity and their copies for the history, for one call and what was
 * known of the tables when it began. Used by one thread.
 */
final class EntityWriter {

	private static final int SEVERAL = 2;

	private final EntityCall call;

	private final EntitySchema schema;

	private final EntityTables tables;

	private final ChangeSql texts;

	private final GivenBack back;

	private final ChangedRows changed;

	private final HistoryWriter history;

	EntityWriter(EntityCall call, EntitySchema schema, FieldValues values) {
		this(call, schema, values, GivenBack.ROWS);
	}

	EntityWriter(EntityCall call, EntitySchema schema, FieldValues values, GivenBack back) {
		this.call = call;
		this.schema = schema;
		this.back = back;
		this.tables = schema.text("tables", (key) -> EntityTables.of(schema.entity(), call.database().dialect()));
		this.texts = schema.text("changes", (key) -> new ChangeSql(this.tables, schema));
		this.changed = new ChangedRows(call, schema, values, this.tables, this.texts);
		this.history = new HistoryWriter(call, schema, this.texts, this.changed);
	}

	/** How many rows of a shape fit into one statement. */
	int maxRows(Shape shape, int chunk) {
		int columns = insert(new InsertKey(shape, 1)).columns().size();
		return Math.max(1, Math.min(chunk, sql().maxParameters() / columns));
	}

	/**
	 * Saves rows of one shape and different ids as one statement, or as few as the
	 * database allows. What others know more of is left alone.
	 * @param update whether rows may be there already
	 * @param strict whether to fail as a whole if a row cannot be saved, where there is
	 * no transaction
	 * @return what the rows have become, by id, as far as that is to be given
	 */
	Map<String, EntityRecord> save(List<EncodedRow> rows, Change.Context context, boolean update, boolean strict) {
		if (sql().changesWithinQueries()) {
			return inOneStatement(rows, context, update, strict);
		}
		write(rows, context, update);
		List<String> ids = rows.stream().map(EncodedRow::id).toList();
		if (this.back == GivenBack.IDS) {
			return this.changed.unread(this.history.recordSaved(ids));
		}
		if (this.texts.tellsWhatItRecords()) {
			return this.history.recordTelling(ids);
		}
		if (rows.get(0).shape().fresh() && !sql().asksForNewRows()) {
			this.history.record(ids);
			return this.changed.made(rows, context);
		}
		Map<String, EntityRecord> saved = readBackUnrecorded(ids);
		List<String> changed = ids.stream().filter(saved::containsKey).toList();
		return (changed.isEmpty() || this.history.record(changed)) ? saved : this.changed.readBack(changed);
	}

	private Map<String, EntityRecord> readBackUnrecorded(List<String> ids) {
		try {
			return this.changed.readBack(ids);
		}
		catch (RuntimeException ex) {
			this.call.changed(false);
			throw ex;
		}
	}

	/** In batches, where that is quicker. */
	private void write(List<EncodedRow> rows, Change.Context context, boolean update) {
		Shape shape = rows.get(0).shape();
		InsertKey all = new InsertKey(shape, rows.size());
		if (rows.size() > 1 && sql().prefersBatches(insert(all))) {
			InsertKey each = new InsertKey(shape, 1);
			// Should it fail some rows may stay.
			this.call.changed(false);
			this.call.batch(text(each, update), values(rows, insert(each), context));
			return;
		}
		Insert insert = insert(all);
		List<@Nullable Object> parameters = sql().parameters(insert, values(rows, insert, context));
		String whole = this.schema.text(new SaveWholeKey(all, update),
				(key) -> this.texts.saveWhole(insert, shape, update));
		if (!wroteAll(rows.size(), whole, parameters)) {
			this.call.whole(rows.size(), () -> this.call.update(text(all, update), parameters));
		}
	}

	private String text(InsertKey key, boolean update) {
		return this.schema.text(new SaveKey(key, update, false, GivenBack.IDS),
				(made) -> this.texts.save(insert(key), key.shape(), update));
	}

	/** Unless there are rows to be left alone, of which others know more. */
	private boolean wroteAll(int rows, String text, List<@Nullable Object> parameters) {
		try {
			this.call.whole(rows, () -> this.call.update(text, parameters));
			return true;
		}
		catch (DataAccessException ex) {
			if (ex.getRootCause() instanceof SQLException cause && sql().unmet(cause)) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Several rows are the same statement however many they are: to the server another
	 * text would be another statement, to be planned anew.
	 */
	private Map<String, EntityRecord> inOneStatement(List<EncodedRow> rows, Change.Context context, boolean update,
			boolean strict) {
		InsertKey kind = new InsertKey(rows.get(0).shape(), Math.min(rows.size(), SEVERAL));
		Insert insert = insert(kind);
		String text = this.schema.text(new SaveKey(kind, update, strict, this.back),
				(key) -> this.texts.recorded(this.texts.save(insert, kind.shape(), update), strict, this.back));
		List<@Nullable Object> parameters = sql().parameters(insert, values(rows, insert, context));
		if (strict) {
			parameters = new ArrayList<>(parameters);
			parameters.add(rows.size());
		}
		Map<String, EntityRecord> saved = inOneStatement(text, parameters, update);
		if (!saved.isEmpty()) {
			this.call.changed(true);
		}
		return saved;
	}

	/**
	 * Where rows may be updated a taken key is that of the history: a row was still there
	 * when the statement began, and had been purged when it got its lock. Only a
	 * statement after that sees how far its history has come.
	 */
	private Map<String, EntityRecord> inOneStatement(String text, List<@Nullable Object> parameters, boolean update) {
		try {
			return this.changed.query(text, parameters, this.back);
		}
		catch (DuplicateKeyException ex) {
			boolean purged = update && this.call.database().transaction() != null && tellsOfKey(ex);
			throw purged ? new PurgedMeanwhileException(this.schema.entity(), this.call.database().alias(), ex) : ex;
		}
		catch (InvalidValueException ex) {
			// It is there, and whoever asked for it is told of a failure.
			this.call.changed(true);
			throw ex;
		}
	}

	/** Whether it is the id that is taken, and not what another index says. */
	boolean tellsOfKey(DuplicateKeyException refusal) {
		return refusal.getRootCause() instanceof SQLException cause && sql().keyTaken(cause);
	}

	/** What to say where an entity that must not be there has been made by others. */
	OptimisticLockingFailureException made(DuplicateKeyException refusal) {
		return new OptimisticLockingFailureException(
				"The entity '%s' of database '%s' was to be made, and somebody else has made it at the same time. The transaction can only be rolled back."
					.formatted(this.schema.entity(), this.call.database().alias()),
				refusal);
	}

	private List<List<@Nullable Object>> values(List<EncodedRow> rows, Insert insert, Change.Context context) {
		return new RowParameters(this.schema, columns(), context).of(rows, insert);
	}

	private Insert insert(InsertKey kind) {
		return this.schema.text(kind, (key) -> this.texts.insert(key.shape(), key.rows()));
	}

	/** A row that was left alone is one of which others know more. */
	void requireSaved(List<EncodedRow> rows, Map<String, EntityRecord> saved) {
		for (EncodedRow row : rows) {
			if (!saved.containsKey(row.id())) {
				throw new MissingRow(this.call, this.texts, this.schema).explain(row.id());
			}
		}
	}

	/**
	 * Locks those rows that are there, in the order of their ids, before statements that
	 * would lock them in another order.
	 */
	void lock(List<String> ids) {
		if (!sql().forUpdate().isEmpty()) {
			// What is not there is not asked for: some databases would lock the gap.
			List<String> present = present(ids, false);
			if (present.size() > 1) {
				present(present, true);
			}
		}
	}

	/** Rows as they are, which stay so until the end of the transaction. */
	Map<String, EntityRecord> locked(List<String> ids) {
		List<String> present = present(ids, true);
		return present.isEmpty() ? Map.of() : this.changed.readBack(present);
	}

	private List<String> present(List<String> ids, boolean locked) {
		return this.call.sql(this.texts.present(ids.size(), locked), this.texts.ids(ids)).list(String.class);
	}

	/**
	 * Marks an entity as deleted or not.
	 * @return whether it was the other before
	 */
	boolean mark(EntityChange change, String id, Change.Context context) {
		String mark = this.schema.text(new MarkKey(change, context.expected() != null), (key) -> {
			String text = this.texts.mark(key.change(), key.versioned());
			return sql().changesWithinQueries() ? this.texts.recorded(text, false, GivenBack.IDS) : text;
		});
		List<@Nullable Object> parameters = new RowParameters(this.schema, columns(), context).ofMark(change, id);
		if (sql().changesWithinQueries()) {
			if (this.changed.query(mark, parameters, GivenBack.IDS).isEmpty()) {
				return unchanged(change, id, context);
			}
			this.call.changed(true);
			return true;
		}
		if (this.call.update(mark, parameters) == 0) {
			return unchanged(change, id, context);
		}
		this.history.record(List.of(id));
		return true;
	}

	private boolean unchanged(EntityChange change, String id, Change.Context context) {
		new MissingRow(this.call, this.texts, this.schema).requireUnchanged(change, id, context.expected());
		return false;
	}

	/**
	 * Makes sure of a version, which then stays until the end of the transaction.
	 * @param expected the version, 0 if the entity must not be there
	 */
	void requireVersion(String id, long expected) {
		new MissingRow(this.call, this.texts, this.schema).requireVersion(id, expected);
	}

	/** Removes an entity, after it was marked and recorded. */
	void remove(String id) {
		this.call.update(this.texts.remove(), List.of(id));
	}

	private ColumnValues columns() {
		return this.tables.dialect().columns();
	}

	private TableSql sql() {
		return this.tables.sql();
	}

	/** Of which there are as many as kinds of statements. */
	private record InsertKey(Shape shape, int rows) {
	}

	private record SaveKey(InsertKey insert, boolean update, boolean strict, GivenBack back) {
	}

	private record SaveWholeKey(InsertKey insert, boolean update) {
	}

	private record MarkKey(EntityChange change, boolean versioned) {
	}

}
