package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.UUID;

import io.dbop.dialect.ColumnType;

/**
 * The kinds of types that fields have. Numbers are in an order in which the first that
 * holds two others is the least.
 */
enum Kind {

	BOOLEAN(ColumnType.BOOLEAN, Boolean.class), BYTE(ColumnType.INTEGER, Byte.class),
	SHORT(ColumnType.INTEGER, Short.class), INT(ColumnType.INTEGER, Integer.class),
	FLOAT(ColumnType.DOUBLE, Float.class), LONG(ColumnType.BIGINT, Long.class), DOUBLE(ColumnType.DOUBLE, Double.class),
	BIGINTEGER(ColumnType.NUMERIC, BigInteger.class), DECIMAL(ColumnType.NUMERIC, BigDecimal.class),
	CHAR(ColumnType.TEXT, Character.class), ENUM(ColumnType.TEXT, Enum.class), STRING(ColumnType.TEXT, String.class),
	BYTES(ColumnType.BYTES, byte[].class), UUID(ColumnType.UUID, UUID.class), DATE(ColumnType.DATE, LocalDate.class),
	TIME(ColumnType.TIME, LocalTime.class), DATETIME(ColumnType.DATETIME, LocalDateTime.class),
	INSTANT(ColumnType.INSTANT, Instant.class), OFFSETDATETIME(ColumnType.INSTANT, OffsetDateTime.class),
	ZONEDDATETIME(ColumnType.INSTANT, ZonedDateTime.class), DURATION(ColumnType.BIGINT, Duration.class),
	JSON(ColumnType.JSON, Object.class), CUSTOM(ColumnType.TEXT, Object.class);

	final ColumnType column;

	final Class<?> javaType;

	final String text;

	Kind(ColumnType column, Class<?> javaType) {
		this.column = column;
		this.javaType = javaType;
		this.text = name().toLowerCase(Locale.ROOT);
	}

	/** Whether values of the other kind are values of this one, none of them changed. */
	boolean holds(Kind other) {
		return this == other || switch (this) {
			case SHORT -> other == BYTE;
			case INT, FLOAT -> other == BYTE || other == SHORT;
			case LONG -> other == BYTE || other == SHORT || other == INT;
			case DOUBLE -> other == FLOAT || INT.holds(other);
			case BIGINTEGER -> LONG.holds(other);
			case DECIMAL -> BIGINTEGER.holds(other) || DOUBLE.holds(other);
			case STRING -> other == CHAR || other == ENUM;
			case OFFSETDATETIME -> other == INSTANT;
			case ZONEDDATETIME -> other == INSTANT || other == OFFSETDATETIME;
			default -> false;
		};
	}

}
