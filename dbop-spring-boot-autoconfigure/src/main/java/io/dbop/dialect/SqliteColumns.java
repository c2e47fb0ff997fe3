package io.dbop.dialect;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Columns of SQLite, which takes any value in any column: what is read is looked at, and
 * not converted by the driver, to which every text is the number 0.
 */
final class SqliteColumns extends NativeColumns {

	private static final double LONG_LIMIT = 0x1p63;

	private static final int LONG_DIGITS = 20;

	/** A type with TEXT in its name keeps numbers in the text as they are written. */
	private static final NativeTypes TYPES = new NativeTypes().with(ColumnType.KEY, "TEXT")
		.with(ColumnType.BOOLEAN, "BOOLEAN", "boolean", "bool")
		.with(ColumnType.INTEGER, "INTEGER", "integer", "int", "smallint", "tinyint", "mediumint", "int2", "int4")
		.with(ColumnType.BIGINT, "BIGINT", "bigint", "int8", "unsigned big int")
		.with(ColumnType.NUMERIC, "NUMERIC", "numeric", "decimal")
		.with(ColumnType.DOUBLE, "REAL", "real", "double", "double precision", "float")
		.with(ColumnType.TEXT, "TEXT", "text", "varchar", "char", "character", "clob", "nvarchar", "nchar",
				"varying character", "character varying")
		.with(ColumnType.BYTES, "BLOB", "blob")
		.with(ColumnType.UUID, "UUID", "uuid")
		.with(ColumnType.DATE, "DATE", "date")
		.with(ColumnType.TIME, "TIME", "time")
		.with(ColumnType.DATETIME, "DATETIME", "datetime", "timestamp")
		.with(ColumnType.INSTANT, "TIMESTAMPTZ", "timestamptz", "timestamp with time zone")
		.with(ColumnType.JSON, "JSON TEXT", "json text", "json");

	SqliteColumns() {
		super(TYPES, new HeldTemporals(3), new HeldDecimals(309, 400));
	}

	/** A whole number that fits a long, or else the nearest binary one. */
	@Override
	@Nullable BigDecimal held(BigDecimal value) {
		BigDecimal stripped = decimals().stripped(value);
		return (stripped != null) ? decimal(number(stripped)) : null;
	}

	private static Number number(BigDecimal value) {
		boolean small = (long) value.precision() - value.scale() < LONG_DIGITS;
		boolean whole = small && value.scale() <= 0 && value.toBigInteger().bitLength() < Long.SIZE;
		return whole ? (Number) value.longValue() : (Number) value.doubleValue();
	}

	private static @Nullable BigDecimal decimal(Number number) {
		if (number instanceof Double real) {
			return Double.isFinite(real) ? HeldDecimals.strip(BigDecimal.valueOf(real)) : null;
		}
		return BigDecimal.valueOf(number.longValue());
	}

	@Override
	LocalTime held(LocalTime value) {
		return value;
	}

	@Override
	@Nullable Double held(Double value) {
		if (value.isNaN()) {
			return null;
		}
		return (value == 0) ? 0.0 : value;
	}

	@Override
	public Object parameter(ColumnType type, Object value) {
		return switch (type) {
			case NUMERIC -> number((BigDecimal) value);
			case UUID, DATE, TIME, DATETIME, INSTANT -> SqliteText.of(value);
			default -> value;
		};
	}

	@Override
	public @Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException {
		Object value = row.getObject(index);
		if (value == null) {
			return null;
		}
		try {
			return of(value, type);
		}
		catch (DateTimeException | ArithmeticException | ClassCastException | IllegalArgumentException ex) {
			throw new SQLDataException("The column holds a value of type %s that is not of kind %s"
				.formatted(value.getClass().getSimpleName(), type));
		}
	}

	private static @Nullable Object of(Object value, ColumnType type) {
		return switch (type) {
			case KEY, TEXT, JSON -> (value instanceof Number) ? value.toString() : (String) value;
			case BOOLEAN -> ((Number) value).longValue() != 0;
			case INTEGER -> Math.toIntExact(whole((Number) value));
			case BIGINT -> whole((Number) value);
			// Not a decimal, but what somebody has written there as a double.
			case NUMERIC -> (value instanceof Double real && real.isInfinite()) ? real : decimal((Number) value);
			case DOUBLE -> ((Number) value).doubleValue();
			case BYTES -> (byte[]) value;
			case UUID -> UUID.fromString((String) value);
			case DATE -> LocalDate.parse((String) value);
			case TIME -> LocalTime.parse((String) value);
			case DATETIME -> SqliteText.dateTime((String) value);
			case INSTANT -> SqliteText.instant((String) value);
		};
	}

	private static long whole(Number number) {
		if (number instanceof Double real && (real != Math.rint(real) || Math.abs(real) >= LONG_LIMIT)) {
			throw new ArithmeticException("not a whole number");
		}
		return number.longValue();
	}

	@Override
	@Nullable Instant instant(ResultSet row, int index) throws SQLException {
		return (Instant) read(row, index, ColumnType.INSTANT);
	}

}
