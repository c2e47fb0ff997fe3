package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Makes values of a wider type out of values of a narrower one, without changing what
 * they say. An instant has the offset of UTC.
 */
final class Conversions {

	private static final Set<Kind> WHOLE = Set.of(Kind.BYTE, Kind.SHORT, Kind.INT, Kind.LONG);

	private Conversions() {
	}

	/** The value in the other kind, {@code null} if it does not fit into it. */
	static @Nullable Object widen(Object value, Kind kind) {
		if (kind.javaType.isInstance(value)) {
			return value;
		}
		if (value instanceof Number number) {
			return widen(number, kind);
		}
		return switch (kind) {
			case STRING -> (value instanceof Character || value instanceof Enum<?>) ? TextForm.of(value) : null;
			case OFFSETDATETIME -> (value instanceof Instant instant) ? instant.atOffset(ZoneOffset.UTC) : null;
			case ZONEDDATETIME -> zoned(value);
			default -> null;
		};
	}

	private static @Nullable Object zoned(Object value) {
		if (value instanceof Instant instant) {
			return instant.atZone(ZoneOffset.UTC);
		}
		return (value instanceof OffsetDateTime offset) ? offset.toZonedDateTime() : null;
	}

	private static @Nullable Object widen(Number number, Kind kind) {
		Kind own = kindOf(number);
		if (own == null || !kind.holds(own)) {
			return null;
		}
		return switch (kind) {
			case SHORT -> number.shortValue();
			case INT -> number.intValue();
			case LONG -> number.longValue();
			case FLOAT -> number.floatValue();
			case DOUBLE -> number.doubleValue();
			case BIGINTEGER -> BigInteger.valueOf(number.longValue());
			case DECIMAL -> decimal(number, own);
			default -> null;
		};
	}

	private static @Nullable Object decimal(Number number, Kind own) {
		if (WHOLE.contains(own)) {
			return BigDecimal.valueOf(number.longValue());
		}
		if (number instanceof BigInteger whole) {
			return new BigDecimal(whole);
		}
		double real = number.doubleValue();
		return Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
	}

	private static @Nullable Kind kindOf(Number number) {
		for (Kind kind : Kind.values()) {
			if (kind.javaType == number.getClass()) {
				return kind;
			}
		}
		return null;
	}

}
