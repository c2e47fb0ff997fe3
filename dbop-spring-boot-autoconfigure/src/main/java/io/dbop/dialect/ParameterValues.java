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
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The values that JDBC drivers take, and what others are turned into. */
final class ParameterValues {

	private static final Set<Class<?>> TAKEN = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, BigDecimal.class, BigInteger.class, byte[].class,
			LocalDate.class, LocalTime.class, LocalDateTime.class, OffsetDateTime.class, OffsetTime.class,
			Instant.class, UUID.class);

	private ParameterValues() {
	}

	/** The value as drivers take it, {@code null} if they do not. */
	static @Nullable Object of(Object value) {
		if (TAKEN.contains(value.getClass()) || value.getClass().getName().startsWith("java.sql.")
				|| value instanceof java.sql.Array || value instanceof java.sql.Blob || value instanceof java.sql.Clob
				|| value instanceof java.sql.SQLXML) {
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

	/** The same where the database has arrays. */
	static @Nullable Object withArrays(Object value) {
		return value.getClass().isArray() ? value : of(value);
	}

}
