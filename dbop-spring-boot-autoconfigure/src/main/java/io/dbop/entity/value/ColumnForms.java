package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Turns values of each kind into the Java type of its column, and back. What a column
 * holds that was not written by this comes back as it is, if it is none of the kind.
 */
final class ColumnForms {

	private final Enums enums;

	ColumnForms(Enums enums) {
		this.enums = enums;
	}

	Object toColumn(Kind kind, Object value) {
		return switch (kind) {
			case BYTE, SHORT -> ((Number) value).intValue();
			case FLOAT -> ((Float) value).doubleValue();
			case BIGINTEGER -> new BigDecimal((BigInteger) value);
			case CHAR -> value.toString();
			case ENUM -> ((Enum<?>) value).name();
			case OFFSETDATETIME -> ((OffsetDateTime) value).toInstant();
			case ZONEDDATETIME -> ((ZonedDateTime) value).toInstant();
			case DURATION -> nanos((Duration) value);
			default -> value;
		};
	}

	private static long nanos(Duration duration) {
		try {
			return duration.toNanos();
		}
		catch (ArithmeticException ex) {
			return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
		}
	}

	Object fromColumn(FieldType type, Object column) {
		return switch (type.kind()) {
			case BYTE -> ofByte((Integer) column);
			case SHORT -> ofShort((Integer) column);
			case FLOAT -> ofFloat((Double) column);
			case BIGINTEGER -> (column instanceof BigDecimal number) ? whole(number) : column;
			case CHAR -> (((String) column).length() == 1) ? ((String) column).charAt(0) : column;
			case ENUM -> this.enums.constant(type.className(), (String) column);
			case OFFSETDATETIME -> ((Instant) column).atOffset(ZoneOffset.UTC);
			case ZONEDDATETIME -> ((Instant) column).atZone(ZoneOffset.UTC);
			case DURATION -> Duration.ofNanos((Long) column);
			default -> column;
		};
	}

	private static Object ofByte(Integer number) {
		return (number.byteValue() == number) ? (Object) number.byteValue() : (Object) number;
	}

	private static Object ofShort(Integer number) {
		return (number.shortValue() == number) ? (Object) number.shortValue() : (Object) number;
	}

	private static Object ofFloat(Double number) {
		boolean same = Double.compare(number.floatValue(), number) == 0;
		return same ? (Object) number.floatValue() : (Object) number;
	}

	private static Object whole(BigDecimal number) {
		return (number.stripTrailingZeros().scale() <= 0) ? number.toBigInteger() : number;
	}

}
