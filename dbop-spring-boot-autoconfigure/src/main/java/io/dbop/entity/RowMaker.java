package io.dbop.entity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.entity.value.ExactValues;
import io.dbop.entity.value.FieldType;
import io.dbop.entity.value.FieldValues;
import org.jspecify.annotations.Nullable;

/** Tells what a row is that has just been inserted, without asking for it. */
final class RowMaker {

	private final EntitySchema schema;

	private final FieldValues values;

	RowMaker(EntitySchema schema, FieldValues values) {
		this.schema = schema;
		this.values = values;
	}

	EntityRecord make(EncodedRow row, Change.Context context) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		this.schema.fields().keySet().forEach((field) -> fields.put(field, null));
		ExactValues exact = ExactValues.parse(row.exact());
		List<String> given = row.shape().fields();
		for (int i = 0; i < given.size(); i++) {
			String field = given.get(i);
			FieldType type = this.schema.fields().get(field);
			if (type != null) {
				fields.put(field, this.values.decode(type, row.values().get(i), exact.of(field)));
			}
		}
		String by = context.authorOf(row.change()).by();
		return new EntityRecord(this.schema.entity(), row.id(), 1, context.at(), by, context.at(), by, null, fields);
	}

}
