package io.dbop.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The values that JDBC drivers take, and what others are turned into. */
final class ParameterValues {

	private ParameterValues() {
	}

	/** The value as drivers take it, {@code null} if they do not. */
	static @Nullable Object of(Object value) {
		if (isTaken(value) || isOfJdbc(value)) {
			return value;
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof CharSequence || value instanceof Character) {
			return value.toString();
		}
		if (value instanceof ZonedDateTime zoned) {
			return zoned.toOffsetDateTime();
		}
		if (value instanceof Calendar calendar) {
			return new Timestamp(calendar.getTimeInMillis());
		}
		return (value instanceof Date date) ? new Timestamp(date.getTime()) : null;
	}

	/**
	 * Asked for each value of each row: comparing classes is cheaper than a set of them.
	 */
	private static boolean isTaken(Object value) {
		return value instanceof String || isNumber(value) || value instanceof Boolean || isTime(value)
				|| value instanceof UUID || value instanceof byte[];
	}

	private static boolean isNumber(Object value) {
		return value instanceof Integer || value instanceof Long || value instanceof BigDecimal
				|| value instanceof Double || value instanceof Short || value instanceof Byte || value instanceof Float
				|| value instanceof BigInteger;
	}

	private static boolean isTime(Object value) {
		return value instanceof LocalDateTime || value instanceof OffsetDateTime || value instanceof Instant
				|| value instanceof LocalDate || value instanceof LocalTime || value instanceof OffsetTime;
	}

	private static boolean isOfJdbc(Object value) {
		return value.getClass().getName().startsWith("java.sql.") || value instanceof java.sql.Array
				|| value instanceof java.sql.Blob || value instanceof java.sql.Clob || value instanceof java.sql.SQLXML;
	}

	/** The same where the database has arrays. */
	static @Nullable Object withArrays(Object value) {
		return value.getClass().isArray() ? value : of(value);
	}

}
