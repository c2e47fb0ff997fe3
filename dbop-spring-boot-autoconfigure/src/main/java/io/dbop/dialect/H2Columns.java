package io.dbop.dialect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/** Columns of H2. */
final class H2Columns extends NativeColumns {

	private static final NativeTypes TYPES = new NativeTypes()
		.with(ColumnType.KEY, "CHARACTER VARYING(" + 2 * HeldTexts.MAX_KEY + ")")
		.with(ColumnType.BOOLEAN, "BOOLEAN", "boolean")
		.with(ColumnType.INTEGER, "INTEGER", "integer", "int", "smallint", "tinyint")
		.with(ColumnType.BIGINT, "BIGINT", "bigint")
		.with(ColumnType.NUMERIC, "DECFLOAT(100000)", "decfloat", "numeric", "decimal")
		.with(ColumnType.DOUBLE, "DOUBLE PRECISION", "double precision", "double", "real", "float")
		.with(ColumnType.TEXT, "CHARACTER LARGE OBJECT", "character large object", "clob", "character varying",
				"varchar", "character", "char", "varchar_ignorecase", "enum")
		.with(ColumnType.BYTES, "BINARY LARGE OBJECT", "binary large object", "blob", "binary varying", "varbinary",
				"binary")
		.with(ColumnType.UUID, "UUID", "uuid")
		.with(ColumnType.DATE, "DATE", "date")
		.with(ColumnType.TIME, "TIME(9)", "time")
		.with(ColumnType.DATETIME, "TIMESTAMP(9)", "timestamp")
		.with(ColumnType.INSTANT, "TIMESTAMP(9) WITH TIME ZONE", "timestamp with time zone")
		.with(ColumnType.JSON, "JSON", "json");

	H2Columns() {
		super(TYPES, new HeldTemporals(9), new HeldDecimals(50_000, 50_000));
	}

	@Override
	Double held(Double value) {
		return (value == 0) ? 0.0 : value;
	}

	@Override
	public Object parameter(ColumnType type, Object value) {
		return (value instanceof Instant instant) ? HeldTemporals.inUtc(instant) : value;
	}

	@Override
	public String marker(ColumnType type) {
		// What stands in a list of values is a text otherwise.
		return (type == ColumnType.JSON) ? "? FORMAT JSON" : "CAST(? AS " + type(type) + ")";
	}

	@Override
	@Nullable Instant instant(ResultSet row, int index) throws SQLException {
		OffsetDateTime read = row.getObject(index, OffsetDateTime.class);
		return (read != null) ? read.toInstant() : null;
	}

}
