package io.dbop.dialect;

import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Columns of MySQL and MariaDB. Points in time are dates and times in UTC: those that the
 * servers have of their own depend on the time zone of the session, and end in 2038.
 */
final class InnoDbColumns extends NativeColumns {

	/** Of a second. */
	private static final int DIGITS = 6;

	private InnoDbColumns(NativeTypes types) {
		super(types, new HeldTemporals(DIGITS), new HeldDecimals(35, 30));
	}

	static InnoDbColumns mySql() {
		return new InnoDbColumns(types("utf8mb4_0900_bin", "JSON"));
	}

	/** The check that comes with its type JSON refuses what is nested deeply. */
	static InnoDbColumns mariaDb() {
		return new InnoDbColumns(
				types("utf8mb4_nopad_bin", "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"));
	}

	private static NativeTypes types(String collation, String json) {
		String text = " CHARACTER SET utf8mb4 COLLATE " + collation;
		return new NativeTypes().with(ColumnType.KEY, "VARCHAR(" + HeldTexts.MAX_KEY + ")" + text)
			.with(ColumnType.BOOLEAN, "TINYINT(1)", "tinyint(1)", "bit(1)", "bool", "boolean")
			.with(ColumnType.INTEGER, "INT", "int", "integer", "tinyint", "smallint", "mediumint", "tinyint unsigned",
					"smallint unsigned", "mediumint unsigned", "year")
			.with(ColumnType.BIGINT, "BIGINT", "bigint", "int unsigned", "integer unsigned")
			.with(ColumnType.NUMERIC, "DECIMAL(65,30)", "decimal", "numeric", "bigint unsigned", "decimal unsigned")
			.with(ColumnType.DOUBLE, "DOUBLE", "double", "float", "double unsigned", "float unsigned", "real")
			.with(ColumnType.TEXT, "LONGTEXT" + text, "longtext", "mediumtext", "text", "tinytext", "varchar", "char",
					"enum", "set")
			.with(ColumnType.BYTES, "LONGBLOB", "longblob", "mediumblob", "blob", "tinyblob", "varbinary", "binary")
			.with(ColumnType.UUID, "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin", "char(36)", "uuid")
			.with(ColumnType.DATE, "DATE", "date")
			.with(ColumnType.TIME, "TIME(6)", "time")
			.with(ColumnType.DATETIME, "DATETIME(6)", "datetime", "timestamp")
			.with(ColumnType.INSTANT, "DATETIME(6)")
			.with(ColumnType.JSON, json, "json");
	}

	/** A column has no infinity: as the greatest number it sorts like one. */
	@Override
	@Nullable Double held(Double value) {
		if (value.isNaN()) {
			return null;
		}
		double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
		return (finite == 0) ? 0.0 : finite;
	}

	/** As texts, which neither drivers nor sessions convert into a time zone. */
	@Override
	public Object parameter(ColumnType type, Object value) {
		if (value instanceof Instant instant) {
			return DateTimeText.of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), DIGITS);
		}
		if (value instanceof LocalDateTime dateTime) {
			return DateTimeText.of(dateTime, DIGITS);
		}
		return (value instanceof UUID) ? value.toString() : value;
	}

	@Override
	public @Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException {
		if (type == ColumnType.UUID) {
			String read = row.getString(index);
			return (read != null) ? uuid(read) : null;
		}
		return super.read(row, index, type);
	}

	private static UUID uuid(String text) throws SQLException {
		try {
			return UUID.fromString(text);
		}
		catch (IllegalArgumentException ex) {
			throw new SQLDataException("The column holds a text that is no UUID");
		}
	}

	@Override
	@Nullable Instant instant(ResultSet row, int index) throws SQLException {
		LocalDateTime read = row.getObject(index, LocalDateTime.class);
		return (read != null) ? read.toInstant(ZoneOffset.UTC) : null;
	}

}
