package io.dbop.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.TableSql;
import io.dbop.dialect.TableSql.Insert;
import io.dbop.entity.value.FieldValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Writes rows of an entity and their copies for the history, for one call and what was
 * known of the tables when it began. Used by one thread.
 */
final class EntityWriter {

	private static final int SEVERAL = 2;

	private final EntityCall call;

	private final EntitySchema schema;

	private final FieldValues values;

	private final EntityTables tables;

	private final ChangeSql texts;

	private final GivenBack back;

	private final HistoryWriter history;

	EntityWriter(EntityCall call, EntitySchema schema, FieldValues values) {
		this(call, schema, values, GivenBack.ROWS);
	}

	EntityWriter(EntityCall call, EntitySchema schema, FieldValues values, GivenBack back) {
		this.call = call;
		this.schema = schema;
		this.values = values;
		this.back = back;
		this.tables = schema.text("tables", (key) -> EntityTables.of(schema.entity(), call.database().dialect()));
		this.texts = schema.text("changes", (key) -> new ChangeSql(this.tables, schema));
		this.history = new HistoryWriter(call, schema, this.texts);
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
		InsertKey kind = new InsertKey(rows.get(0).shape(), rows.size());
		return (this.back == GivenBack.ROWS) ? inSequence(rows, context, kind, update)
				: withoutRows(rows, context, kind, update);
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
		Map<String, EntityRecord> saved = query(text, parameters, this.back);
		if (!saved.isEmpty()) {
			this.call.changed(true);
		}
		return saved;
	}

	private List<List<@Nullable Object>> values(List<EncodedRow> rows, Insert insert, Change.Context context) {
		return new RowParameters(this.schema, columns(), context).of(rows, insert);
	}

	private Insert insert(InsertKey kind) {
		return this.schema.text(kind, (key) -> this.texts.insert(key.shape(), key.rows()));
	}

	private Map<String, EntityRecord> inSequence(List<EncodedRow> rows, Change.Context context, InsertKey kind,
			boolean update) {
		Insert insert = insert(kind);
		SaveText text = this.schema.text(new SaveKey(kind, update, false, GivenBack.ROWS), (key) -> {
			String save = this.texts.save(insert, kind.shape(), update);
			String returning = sql().returning(save, GivenBack.ROWS.columns(this.tables, this.schema));
			return (returning != null) ? new SaveText(returning, true) : new SaveText(save, false);
		});
		List<@Nullable Object> parameters = sql().parameters(insert, values(rows, insert, context));
		List<String> ids = ids(rows);
		if (!text.givesRows() && kind.shape().fresh()) {
			this.call.update(text.sql(), parameters);
			this.history.record(ids);
			return made(rows, context);
		}
		Map<String, EntityRecord> saved;
		if (text.givesRows()) {
			saved = query(text.sql(), parameters, GivenBack.ROWS);
		}
		else {
			this.call.update(text.sql(), parameters);
			saved = readBack(ids);
		}
		List<String> changed = ids.stream().filter(saved::containsKey).toList();
		return (changed.isEmpty() || this.history.record(changed)) ? saved : readBack(changed);
	}

	/**
	 * Where nobody asks for what the rows have become, it is enough to know that all have
	 * been saved, which the number of those shows that went into the history.
	 */
	private Map<String, EntityRecord> withoutRows(List<EncodedRow> rows, Change.Context context, InsertKey kind,
			boolean update) {
		boolean batch = rows.size() > 1 && sql().prefersBatches(insert(kind));
		InsertKey each = batch ? new InsertKey(kind.shape(), 1) : kind;
		Insert insert = insert(each);
		String text = this.schema.text(new SaveKey(each, update, false, GivenBack.IDS),
				(key) -> this.texts.save(insert, each.shape(), update));
		List<List<@Nullable Object>> values = values(rows, insert, context);
		if (batch) {
			// Should it fail some rows may stay.
			this.call.changed(false);
			this.call.batch(text, values);
		}
		else {
			this.call.update(text, sql().parameters(insert, values));
		}
		List<String> saved = this.history.recordSaved(ids(rows));
		RowReader reader = new RowReader(this.schema, columns(), this.values);
		Map<String, EntityRecord> known = CollectionUtils.newHashMap(saved.size());
		saved.forEach((id) -> known.put(id, reader.unread(id)));
		return known;
	}

	private static List<String> ids(List<EncodedRow> rows) {
		return rows.stream().map(EncodedRow::id).toList();
	}

	private Map<String, EntityRecord> readBack(List<String> ids) {
		String text = this.schema.text(new ReadBackKey(ids.size()), (key) -> this.texts.readBack(ids.size()));
		return query(text, ids, GivenBack.ROWS);
	}

	/** Rows that were not there before are what they have been given. */
	private Map<String, EntityRecord> made(List<EncodedRow> rows, Change.Context context) {
		Map<String, EntityRecord> made = new HashMap<>();
		RowMaker maker = new RowMaker(this.schema, this.values);
		rows.forEach((row) -> made.put(row.id(), maker.make(row, context)));
		return made;
	}

	private Map<String, EntityRecord> query(String text, List<? extends @Nullable Object> parameters, GivenBack given) {
		RowReader reader = new RowReader(this.schema, columns(), this.values);
		Map<String, EntityRecord> rows = new HashMap<>();
		this.call.sql(text, parameters).query((result) -> {
			rows.clear();
			while (result.next()) {
				EntityRecord row = (given == GivenBack.ROWS) ? reader.mapRow(result, 0) : reader.mapId(result);
				if (!reader.lastHadMore()) {
					rows.put(row.id(), row);
				}
			}
			return rows;
		});
		return rows;
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
			List<String> present = this.call.sql(this.texts.present(ids.size(), false), ids).list(String.class);
			if (present.size() > 1) {
				this.call.sql(this.texts.present(present.size(), true), present).list(String.class);
			}
		}
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
			if (query(mark, parameters, GivenBack.IDS).isEmpty()) {
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

	private record ReadBackKey(int rows) {
	}

	private record MarkKey(EntityChange change, boolean versioned) {
	}

	/** A save, and whether it gives what the rows have become. */
	private record SaveText(String sql, boolean givesRows) {
	}

}
