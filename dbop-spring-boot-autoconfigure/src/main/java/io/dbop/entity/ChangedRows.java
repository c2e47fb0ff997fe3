package io.dbop.entity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dbop.entity.value.FieldValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Tells what rows have become by a change, for one call, by id. Used by one thread.
 */
final class ChangedRows {

	private final EntityCall call;

	private final EntitySchema schema;

	private final FieldValues values;

	private final EntityTables tables;

	private final ChangeSql texts;

	ChangedRows(EntityCall call, EntitySchema schema, FieldValues values, EntityTables tables, ChangeSql texts) {
		this.call = call;
		this.schema = schema;
		this.values = values;
		this.tables = tables;
		this.texts = texts;
	}

	/** Those that a statement gives, less those of which others know more. */
	Map<String, EntityRecord> query(String text, List<? extends @Nullable Object> parameters, GivenBack given) {
		RowReader reader = reader();
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

	/** Rows as they are, deleted ones too. */
	Map<String, EntityRecord> readBack(List<String> ids) {
		String text = this.schema.text(new ReadBackKey(ids.size()), (key) -> this.texts.readBack(key.rows()));
		return query(text, this.texts.ids(ids), GivenBack.ROWS);
	}

	/** Rows that were not there before are what they have been given. */
	Map<String, EntityRecord> made(List<EncodedRow> rows, Change.Context context) {
		Map<String, EntityRecord> made = CollectionUtils.newHashMap(rows.size());
		RowMaker maker = new RowMaker(this.schema, this.values);
		rows.forEach((row) -> made.put(row.id(), maker.make(row, context)));
		return made;
	}

	/** Where nobody asks for more than that they have been changed. */
	Map<String, EntityRecord> unread(List<String> ids) {
		RowReader reader = reader();
		Map<String, EntityRecord> unread = CollectionUtils.newHashMap(ids.size());
		ids.forEach((id) -> unread.put(id, reader.unread(id)));
		return unread;
	}

	private RowReader reader() {
		return new RowReader(this.schema, this.tables.dialect().columns(), this.values);
	}

	/** Of which there are as many as kinds of statements. */
	private record ReadBackKey(int rows) {
	}

}
