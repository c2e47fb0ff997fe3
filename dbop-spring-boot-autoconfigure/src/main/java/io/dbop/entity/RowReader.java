package io.dbop.entity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.dbop.dialect.ColumnValues;
import io.dbop.entity.value.ExactValues;
import io.dbop.entity.value.FieldType;
import io.dbop.entity.value.FieldValues;
import io.dbop.entity.value.InvalidValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * Reads rows of an entity or its history, all columns in the order of
 * {@link EntityTables#columns}. Notices when a row was written by somebody who knew more
 * of the entity. Not thread-safe.
 */
final class RowReader implements RowMapper<EntityRecord> {

	private final EntitySchema schema;

	private final ColumnValues columns;

	private final FieldValues values;

	private int revisionSeen;

	private int lastRevision;

	RowReader(EntitySchema schema, ColumnValues columns, FieldValues values) {
		this.schema = schema;
		this.columns = columns;
		this.values = values;
	}

	/** The latest revision of the schema that a row was written with. */
	int revisionSeen() {
		return this.revisionSeen;
	}

	/** Whether there was a row of which not all fields are known. */
	boolean sawMore() {
		return this.revisionSeen > this.schema.revision();
	}

	/** Whether not all fields are known of the row that was read last. */
	boolean lastHadMore() {
		return this.lastRevision > this.schema.revision();
	}

	@Override
	public EntityRecord mapRow(ResultSet row, int number) throws SQLException {
		return map(source(row));
	}

	/** The columns of a row of the database. */
	RowSource source(ResultSet row) {
		return (index, type) -> this.columns.read(row, index, type);
	}

	EntityRecord map(RowSource row) throws SQLException {
		this.lastRevision = required(row, SystemColumn.REVISION, Integer.class);
		this.revisionSeen = Math.max(this.revisionSeen, this.lastRevision);
		return new EntityRecord(this.schema.entity(), required(row, SystemColumn.ID, String.class),
				required(row, SystemColumn.VERSION, Long.class), required(row, SystemColumn.CREATED_AT, Instant.class),
				optional(row, SystemColumn.CREATED_BY, String.class),
				required(row, SystemColumn.UPDATED_AT, Instant.class),
				optional(row, SystemColumn.UPDATED_BY, String.class),
				optional(row, SystemColumn.DELETED_AT, Instant.class),
				// They may be others now; whoever asked has to read the row again.
				lastHadMore() ? Map.of() : fields(row));
	}

	/** A row of {@link GivenBack#IDS}, as an entity of which nothing else is known. */
	EntityRecord mapId(ResultSet row) throws SQLException {
		this.lastRevision = row.getInt(2);
		this.revisionSeen = Math.max(this.revisionSeen, this.lastRevision);
		return unread(row.getString(1));
	}

	/** An entity of which nothing but its id is known. */
	EntityRecord unread(String id) {
		return new EntityRecord(this.schema.entity(), id, 0, Instant.EPOCH, null, Instant.EPOCH, null, null, Map.of());
	}

	EntityVersion mapVersion(ResultSet row) throws SQLException {
		RowSource source = source(row);
		return new EntityVersion(map(source),
				EntityChange.valueOf(required(source, SystemColumn.OPERATION, String.class)),
				optional(source, SystemColumn.COMMENT, String.class));
	}

	private <T> @Nullable T optional(RowSource row, SystemColumn column, Class<T> type) throws SQLException {
		Object value = row.get(column.index(), column.type());
		return (value != null) ? type.cast(value) : null;
	}

	private <T> T required(RowSource row, SystemColumn column, Class<T> type) throws SQLException {
		return Objects.requireNonNull(optional(row, column, type),
				() -> "A row of '%s' has no %s".formatted(this.schema.entity(), column.columnName()));
	}

	private Map<String, @Nullable Object> fields(RowSource row) throws SQLException {
		ExactValues exact = ExactValues.parse(optional(row, SystemColumn.EXACT, String.class));
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		int index = SystemColumn.values().length;
		for (Map.Entry<String, FieldType> field : this.schema.fields().entrySet()) {
			index++;
			fields.put(field.getKey(), decode(row, index, field.getKey(), field.getValue(), exact));
		}
		return fields;
	}

	private @Nullable Object decode(RowSource row, int index, String field, FieldType type, ExactValues exact)
			throws SQLException {
		try {
			return this.values.decode(type, row.get(index, type.column()), exact.of(field));
		}
		catch (InvalidValueException ex) {
			throw ex.inField(field);
		}
	}

}
