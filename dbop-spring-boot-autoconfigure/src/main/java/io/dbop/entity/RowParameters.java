package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.TableSql.Column;
import io.dbop.dialect.TableSql.Insert;
import org.jspecify.annotations.Nullable;

/** The values that the statements of {@link ChangeSql} take, as the driver takes them. */
final class RowParameters {

	private final EntitySchema schema;

	private final ColumnValues columns;

	private final Change.Context context;

	RowParameters(EntitySchema schema, ColumnValues columns, Change.Context context) {
		this.schema = schema;
		this.columns = columns;
		this.context = context;
	}

	/** A value for each column of each row. */
	List<List<@Nullable Object>> of(List<EncodedRow> rows, Insert insert) {
		List<List<@Nullable Object>> parameters = new ArrayList<>(rows.size());
		int width = insert.columns().size();
		int system = width - rows.get(0).values().size();
		ColumnType[] types = insert.columns().stream().map(Column::type).toArray(ColumnType[]::new);
		Object at = parameter(ColumnType.INSTANT, this.context.at());
		for (EncodedRow row : rows) {
			Change.Author author = row.change().author();
			Object by = parameter(ColumnType.TEXT, (author != null) ? author.by() : this.context.by());
			Object comment = parameter(ColumnType.TEXT, (author != null) ? author.comment() : this.context.comment());
			List<@Nullable Object> values = new ArrayList<>(width);
			values.add(row.id());
			values.add(at);
			values.add(by);
			values.add(at);
			values.add(by);
			values.add(EntityChange.CREATE.name());
			values.add(comment);
			values.add(this.schema.revision());
			values.add(parameter(ColumnType.JSON, row.exact()));
			for (int column = system; column < width; column++) {
				values.add(parameter(types[column], row.values().get(column - system)));
			}
			parameters.add(values);
		}
		return parameters;
	}

	/** The values of a mark. */
	List<@Nullable Object> ofMark(EntityChange change, String id) {
		List<@Nullable Object> parameters = new ArrayList<>();
		Object at = parameter(ColumnType.INSTANT, this.context.at());
		parameters.add(at);
		parameters.add(parameter(ColumnType.TEXT, this.context.by()));
		parameters.add(parameter(ColumnType.TEXT, this.context.comment()));
		if (change == EntityChange.DELETE) {
			parameters.add(at);
		}
		parameters.add(id);
		parameters.add(this.schema.revision());
		if (this.context.expected() != null) {
			parameters.add(this.context.expected());
		}
		return parameters;
	}

	private @Nullable Object parameter(ColumnType type, @Nullable Object value) {
		return (value != null) ? this.columns.parameter(type, value) : null;
	}

}
