package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** The classes of the JDK that fields hold, themselves or in the form of another. */
final class SimpleClasses {

	private static final Map<Class<?>, ValueClass> FINAL = new HashMap<>();

	/** With their subclasses; the first that fits. */
	private static final Map<Class<?>, ValueClass> OPEN = new LinkedHashMap<>();

	static {
		same(Boolean.class, Kind.BOOLEAN);
		same(Byte.class, Kind.BYTE);
		same(Short.class, Kind.SHORT);
		same(Integer.class, Kind.INT);
		same(Long.class, Kind.LONG);
		same(BigInteger.class, Kind.BIGINTEGER);
		same(BigDecimal.class, Kind.DECIMAL);
		same(Float.class, Kind.FLOAT);
		same(Double.class, Kind.DOUBLE);
		same(String.class, Kind.STRING);
		same(Character.class, Kind.CHAR);
		same(byte[].class, Kind.BYTES);
		same(UUID.class, Kind.UUID);
		same(LocalDate.class, Kind.DATE);
		same(LocalTime.class, Kind.TIME);
		same(LocalDateTime.class, Kind.DATETIME);
		same(Instant.class, Kind.INSTANT);
		same(OffsetDateTime.class, Kind.OFFSETDATETIME);
		same(ZonedDateTime.class, Kind.ZONEDDATETIME);
		same(Duration.class, Kind.DURATION);
		like(FINAL, Year.class, Kind.INT, Year::getValue);
		like(FINAL, YearMonth.class, Kind.STRING, YearMonth::toString);
		like(FINAL, MonthDay.class, Kind.STRING, MonthDay::toString);
		like(FINAL, Period.class, Kind.STRING, Period::toString);
		like(FINAL, OffsetTime.class, Kind.STRING, OffsetTime::toString);
		like(FINAL, Locale.class, Kind.STRING, Locale::toLanguageTag);
		like(FINAL, Currency.class, Kind.STRING, Currency::getCurrencyCode);
		like(FINAL, URI.class, Kind.STRING, URI::toString);
		like(FINAL, URL.class, Kind.STRING, URL::toString);
		FINAL.put(Optional.class, ValueClass.unwrapped((value) -> ((Optional<?>) value).orElse(null)));
		unwrapped(FINAL, OptionalInt.class, (optional) -> optional.isPresent() ? optional.getAsInt() : null);
		unwrapped(FINAL, OptionalLong.class, (optional) -> optional.isPresent() ? optional.getAsLong() : null);
		unwrapped(FINAL, OptionalDouble.class, (optional) -> optional.isPresent() ? optional.getAsDouble() : null);
		like(OPEN, AtomicBoolean.class, Kind.BOOLEAN, AtomicBoolean::get);
		like(OPEN, AtomicInteger.class, Kind.INT, AtomicInteger::get);
		like(OPEN, AtomicLong.class, Kind.LONG, AtomicLong::get);
		OPEN.put(AtomicReference.class, ValueClass.unwrapped((value) -> ((AtomicReference<?>) value).get()));
		like(OPEN, java.sql.Date.class, Kind.DATE, java.sql.Date::toLocalDate);
		like(OPEN, java.sql.Time.class, Kind.TIME, java.sql.Time::toLocalTime);
		like(OPEN, java.sql.Timestamp.class, Kind.INSTANT, java.sql.Timestamp::toInstant);
		like(OPEN, Date.class, Kind.INSTANT, Date::toInstant);
		like(OPEN, Calendar.class, Kind.INSTANT, Calendar::toInstant);
		like(OPEN, CharSequence.class, Kind.STRING, CharSequence::toString);
		like(OPEN, ZoneId.class, Kind.STRING, ZoneId::getId);
		like(OPEN, TimeZone.class, Kind.STRING, TimeZone::getID);
		like(OPEN, Path.class, Kind.STRING, Path::toString);
		like(OPEN, BigDecimal.class, Kind.DECIMAL, (number) -> new BigDecimal(number.toString()));
		like(OPEN, BigInteger.class, Kind.BIGINTEGER, (number) -> new BigInteger(number.toString()));
		OPEN.put(Map.class, ValueClass.of(Kind.JSON));
		OPEN.put(List.class, ValueClass.of(Kind.JSON));
		OPEN.put(Set.class, ValueClass.of(Kind.JSON));
		OPEN.put(Collection.class, ValueClass.of(Kind.JSON, (value) -> new ArrayList<>((Collection<?>) value)));
	}

	private SimpleClasses() {
	}

	private static void same(Class<?> type, Kind kind) {
		FINAL.put(type, ValueClass.of(kind));
	}

	private static <T> void like(Map<Class<?>, ValueClass> classes, Class<T> type, Kind kind,
			Function<T, Object> canonical) {
		classes.put(type, ValueClass.of(kind, (value) -> canonical.apply(type.cast(value))));
	}

	private static <T> void unwrapped(Map<Class<?>, ValueClass> classes, Class<T> type,
			Function<T, @Nullable Object> canonical) {
		classes.put(type, ValueClass.unwrapped((value) -> canonical.apply(type.cast(value))));
	}

	/** The type of what an optional of its own holds. */
	static @Nullable FieldType ofOptional(Class<?> type) {
		if (type == OptionalInt.class) {
			return FieldType.of(Kind.INT);
		}
		if (type == OptionalLong.class) {
			return FieldType.of(Kind.LONG);
		}
		return (type == OptionalDouble.class) ? FieldType.of(Kind.DOUBLE) : null;
	}

	static @Nullable ValueClass find(Class<?> type) {
		ValueClass known = FINAL.get(type);
		if (known != null) {
			return known;
		}
		if (Enum.class.isAssignableFrom(type)) {
			return ValueClass.ofEnum(type.isEnum() ? type : type.getSuperclass());
		}
		if (type.isArray()) {
			return ValueClass.of(Kind.JSON);
		}
		return OPEN.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isAssignableFrom(type))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

}
