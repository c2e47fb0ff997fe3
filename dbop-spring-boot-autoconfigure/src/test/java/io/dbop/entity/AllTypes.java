package io.dbop.entity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A record with components of every type, apart from arrays, which never are equal. */
@DbEntity("all_types")
record AllTypes(@Nullable String id, boolean flag, @Nullable Boolean maybe, byte tiny, short small, int number,
		@Nullable Integer boxed, long big, @Nullable Long boxedBig, float real, double precise, char letter,
		@Nullable BigDecimal price, @Nullable BigInteger huge, @Nullable String text, @Nullable UUID key,
		@Nullable DayOfWeek day, @Nullable LocalDate date, @Nullable LocalTime time, @Nullable LocalDateTime local,
		@Nullable OffsetDateTime offset, @Nullable ZonedDateTime zoned, @Nullable Instant instant,
		@Nullable Duration duration, @Nullable Year year, @Nullable Locale locale, @Nullable URI uri,
		@Nullable ZoneId zone, @Nullable Currency currency, Optional<String> optional, OptionalInt optionalInt,
		OptionalLong optionalLong, OptionalDouble optionalDouble, @Nullable Map<String, @Nullable Object> map,
		@Nullable Map<DayOfWeek, Instant> byDay, @Nullable SortedMap<Integer, Address> addresses,
		@Nullable List<@Nullable Long> longs, @Nullable SortedSet<LocalDate> dates, @Nullable Set<DayOfWeek> days,
		@Nullable List<Optional<String>> optionals, @Nullable Address address, @Nullable List<Address> others,
		@Nullable List<Map<String, List<Address>>> deep, @Nullable Code code) {

	static AllTypes full() {
		Address home = new Address("Main St", 5, new BigDecimal("1.10"), Instant.parse("2020-01-01T00:00:00.1Z"),
				OffsetDateTime.parse("2024-05-01T10:15:30.123456789-03:30"), List.of(DayOfWeek.MONDAY),
				Optional.of("back"), new Address.Country("DE", 9007199254740993L));
		Map<String, @Nullable Object> map = new TreeMap<>(Map.of("theme", "dark", "size", 12, "when", Instant.EPOCH));
		map.put("none", null);
		return new AllTypes("full", true, false, (byte) -128, (short) 32767, Integer.MIN_VALUE, 7, Long.MAX_VALUE,
				9007199254740993L, 0.1f, Double.NEGATIVE_INFINITY, '\u20AC', new BigDecimal("1.10"),
				BigInteger.TEN.pow(40), "it's \0 \uD83D\uDE00", UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
				DayOfWeek.FRIDAY, LocalDate.of(1582, 10, 10), LocalTime.MAX,
				LocalDateTime.of(2024, 3, 31, 2, 30, 5, 123_456_789),
				OffsetDateTime.parse("2024-05-01T10:15:30.123456789-03:30"),
				ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Berlin]"),
				Instant.parse("1969-12-31T23:59:59.999999999Z"), Duration.ofNanos(-1), Year.of(2024), Locale.GERMANY,
				URI.create("https://example.org/a?b"), ZoneId.of("Europe/Berlin"), Currency.getInstance("EUR"),
				Optional.of("there"), OptionalInt.of(1), OptionalLong.of(2), OptionalDouble.of(0.5), map,
				new EnumMap<>(Map.of(DayOfWeek.SUNDAY, Instant.EPOCH)), new TreeMap<>(Map.of(1, home)),
				Arrays.asList(1L, null, Long.MAX_VALUE), new TreeSet<>(Set.of(LocalDate.MIN, LocalDate.EPOCH)),
				Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY), List.of(Optional.of("a"), Optional.empty()), home,
				List.of(home, home), List.of(Map.of("x", List.of(home))), new Code("c1"));
	}

	static AllTypes empty(@Nullable String id) {
		return new AllTypes(id, false, null, (byte) 0, (short) 0, 0, null, 0, null, 0, 0, '\0', null, null, null, null,
				null, null, null, null, null, null, null, null, null, null, null, null, null, Optional.empty(),
				OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty(), null, null, null, null, null, null,
				null, null, null, null, null);
	}

}
