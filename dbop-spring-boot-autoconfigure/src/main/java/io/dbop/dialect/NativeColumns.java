package io.dbop.dialect;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What is the same for most databases: booleans, whole numbers and UUIDs are held as they
 * are, texts if they are well-formed, times with the digits that the database keeps.
 */
abstract class NativeColumns implements ColumnValues {

	private static final Set<String> SPECIAL = Set.of("NaN", "Infinity", "-Infinity");

	private final NativeTypes types;

	private final HeldTemporals temporals;

	private final HeldDecimals decimals;

	NativeColumns(NativeTypes types, HeldTemporals temporals, HeldDecimals decimals) {
		this.types = types;
		this.temporals = temporals;
		this.decimals = decimals;
	}

	@Override
	public final String type(ColumnType type) {
		return this.types.of(type);
	}

	@Override
	public final @Nullable ColumnType kindOf(String nativeType) {
		return this.types.kindOf(nativeType);
	}

	@Override
	public final @Nullable Object held(ColumnType type, Object value) {
		return switch (type) {
			case BOOLEAN, INTEGER, BIGINT, BYTES, UUID, JSON -> value;
			case KEY -> HeldTexts.key((String) value);
			case TEXT -> HeldTexts.of((String) value);
			case NUMERIC -> held((BigDecimal) value);
			case DOUBLE -> held((Double) value);
			case DATE -> HeldTemporals.date((LocalDate) value);
			case TIME -> held((LocalTime) value);
			case DATETIME -> this.temporals.dateTime((LocalDateTime) value);
			case INSTANT -> this.temporals.instant((Instant) value);
		};
	}

	/** By default the database forgets the zeros at the end. */
	@Nullable BigDecimal held(BigDecimal value) {
		return this.decimals.stripped(value);
	}

	LocalTime held(LocalTime value) {
		return this.temporals.time(value);
	}

	abstract @Nullable Double held(Double value);

	final HeldDecimals decimals() {
		return this.decimals;
	}

	@Override
	public Object parameter(ColumnType type, Object value) {
		return value;
	}

	@Override
	public String marker(ColumnType type) {
		return "?";
	}

	@Override
	public @Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException {
		return switch (type) {
			case KEY, TEXT, JSON -> row.getString(index);
			case BOOLEAN -> present(row, row.getBoolean(index));
			case INTEGER -> present(row, row.getInt(index));
			case BIGINT -> present(row, row.getLong(index));
			case NUMERIC -> decimal(row, index);
			case DOUBLE -> present(row, row.getDouble(index));
			case BYTES -> row.getBytes(index);
			case UUID -> row.getObject(index, UUID.class);
			case DATE -> row.getObject(index, LocalDate.class);
			case TIME -> row.getObject(index, LocalTime.class);
			case DATETIME -> row.getObject(index, LocalDateTime.class);
			case INSTANT -> instant(row, index);
		};
	}

	/** Some have decimals that are none: somebody has written a double there. */
	private @Nullable Number decimal(ResultSet row, int index) throws SQLException {
		try {
			BigDecimal read = row.getBigDecimal(index);
			return (read != null) ? plain(read) : null;
		}
		catch (SQLException ex) {
			String text = row.getString(index);
			if (text == null || !SPECIAL.contains(text)) {
				throw ex;
			}
			return Double.valueOf(text);
		}
	}

	/** A decimal as it is known, whatever zeros it was read with. */
	BigDecimal plain(BigDecimal read) {
		return HeldDecimals.strip(read);
	}

	abstract @Nullable Instant instant(ResultSet row, int index) throws SQLException;

	private static @Nullable Object present(ResultSet row, Object value) throws SQLException {
		return row.wasNull() ? null : value;
	}

}
