package io.dbop.dialect;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Columns of PostgreSQL. Texts have the collation "C", in which they sort as on the other
 * databases and which gives way to no other in a join.
 */
final class PostgresColumns extends NativeColumns {

	private static final String TEXT = "text COLLATE \"C\"";

	private static final NativeTypes TYPES = new NativeTypes().with(ColumnType.KEY, TEXT)
		.with(ColumnType.BOOLEAN, "boolean", "boolean", "bool")
		.with(ColumnType.INTEGER, "integer", "integer", "int4", "serial", "smallint", "int2", "smallserial")
		.with(ColumnType.BIGINT, "bigint", "bigint", "int8", "bigserial")
		.with(ColumnType.NUMERIC, "numeric", "numeric", "decimal")
		.with(ColumnType.DOUBLE, "double precision", "double precision", "float8", "real", "float4")
		.with(ColumnType.TEXT, TEXT, "text", "character varying", "varchar", "character", "char", "bpchar", "citext")
		.with(ColumnType.BYTES, "bytea", "bytea")
		.with(ColumnType.UUID, "uuid", "uuid")
		.with(ColumnType.DATE, "date", "date")
		.with(ColumnType.TIME, "time", "time", "time without time zone")
		.with(ColumnType.DATETIME, "timestamp", "timestamp", "timestamp without time zone")
		.with(ColumnType.INSTANT, "timestamptz", "timestamptz", "timestamp with time zone")
		.with(ColumnType.JSON, "jsonb", "jsonb", "json");

	PostgresColumns() {
		super(TYPES, new HeldTemporals(6), new HeldDecimals(131072, 16383));
	}

	@Override
	@Nullable BigDecimal held(BigDecimal value) {
		return decimals().of(value);
	}

	@Override
	Double held(Double value) {
		return value;
	}

	@Override
	public Object parameter(ColumnType type, Object value) {
		// The driver knows instants only with an offset.
		return (value instanceof Instant instant) ? HeldTemporals.inUtc(instant) : value;
	}

	/** Where a statement is not an insert, nothing else tells the type of a parameter. */
	@Override
	public String marker(ColumnType type) {
		return "CAST(? AS " + name(type) + ")";
	}

	private static String name(ColumnType type) {
		return (type == ColumnType.KEY || type == ColumnType.TEXT) ? "text" : TYPES.of(type);
	}

	/** It keeps the zeros. */
	@Override
	BigDecimal plain(BigDecimal read) {
		return read;
	}

	@Override
	@Nullable Instant instant(ResultSet row, int index) throws SQLException {
		OffsetDateTime read = row.getObject(index, OffsetDateTime.class);
		return (read != null) ? read.toInstant() : null;
	}

	@Override
	public Object arrayParameter(ColumnType type, List<? extends @Nullable Object> values) {
		return switch (type) {
			case BOOLEAN -> values.toArray(new Boolean[0]);
			case INTEGER -> values.toArray(new Integer[0]);
			case BIGINT -> values.toArray(new Long[0]);
			case DOUBLE -> values.toArray(new Double[0]);
			case BYTES -> values.toArray(new byte[0][]);
			default -> values.stream().map((value) -> (value != null) ? value.toString() : null).toArray(String[]::new);
		};
	}

	@Override
	public String arrayMarker(ColumnType type) {
		return switch (type) {
			case BOOLEAN, INTEGER, BIGINT, DOUBLE, BYTES, KEY, TEXT -> "CAST(? AS %s[])".formatted(name(type));
			default -> "CAST(CAST(? AS text[]) AS %s[])".formatted(name(type));
		};
	}

}
