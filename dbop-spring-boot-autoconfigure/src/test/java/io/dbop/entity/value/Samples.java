package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Values of every type that a field has, the awkward ones above all. */
final class Samples {

	private Samples() {
	}

	static List<Object> all() {
		List<Object> all = new ArrayList<>();
		all.addAll(numbers());
		all.addAll(texts());
		all.addAll(times());
		all.addAll(trees());
		all.addAll(arrays());
		return all;
	}

	static List<Object> numbers() {
		return List.of(true, false, (byte) -128, (short) 32767, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, 5L,
				9007199254740993L, Long.MIN_VALUE, Long.MAX_VALUE, BigInteger.ONE,
				new BigInteger("-123456789012345678901234567890"), BigInteger.TEN.pow(60), new BigDecimal("1.10"),
				new BigDecimal("1.1"), new BigDecimal("0.00"), BigDecimal.ZERO, new BigDecimal("10"),
				new BigDecimal("1E+3"), new BigDecimal("-99999999999999999999.999999999999999999999999999999999"),
				new BigDecimal("12345678901234567890.12345678901234567890"), new BigDecimal("1E-40"),
				new BigDecimal("-1E-400000000"), new BigDecimal("1E+400000000"), new BigDecimal("0.1"), 0.0, -0.0, 1.0,
				0.1, 1.0E10, 1.0E-10, 1.5, 1.0 / 3, Math.PI * 1e200, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN,
				Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1f, -0.0f, Float.MAX_VALUE, Float.MIN_VALUE,
				Float.NaN, Float.POSITIVE_INFINITY);
	}

	static List<Object> texts() {
		return List.of("", " ", "  trailing  ", "\t\n\r\n", "Grüße",
				"\uD83D\uDE00 emoji \uD83D\uDC68\u200D\uD83D\uDCBB",
				"it's \"quoted\" \\ %_ ? ?? :name $1 [x] {y} ; -- ", "nul \0 within", "half \uD83D", "\uDE00 half",
				"\u202Ertl\u2028\u2029", "\uFFFF\uFFFD\uFEFF", "null", "0", "x".repeat(1_000_000),
				"\uD83D\uDE00".repeat(100_000), 'c', '\0', '\uD83D', ' ', DayOfWeek.MONDAY, TimeUnit.NANOSECONDS,
				new byte[0], new byte[] { 0, 1, -1, 0, 39, 92, 127, -128 },
				UUID.fromString("00000000-0000-0000-0000-000000000000"),
				UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
	}

	static List<Object> times() {
		return List.of(LocalDate.of(2024, 2, 29), LocalDate.of(1969, 12, 31), LocalDate.of(1, 1, 1),
				LocalDate.of(1582, 10, 10), LocalDate.of(9999, 12, 31), LocalDate.MAX, LocalDate.MIN,
				LocalTime.MIDNIGHT, LocalTime.MAX, LocalTime.of(10, 15), LocalTime.of(2, 30, 5, 123_456_000),
				LocalDateTime.of(2024, 3, 31, 2, 30), LocalDateTime.of(2024, 3, 31, 2, 30, 5, 123_456_789),
				LocalDateTime.of(1969, 7, 20, 20, 17, 40, 1), LocalDateTime.of(1582, 10, 10, 0, 0),
				LocalDateTime.of(1, 1, 1, 0, 0), LocalDateTime.MAX, LocalDateTime.MIN, Instant.EPOCH,
				Instant.parse("1969-12-31T23:59:59.999999999Z"), Instant.parse("1883-11-18T12:00:00.5Z"),
				Instant.parse("2024-03-31T01:30:00.123456Z"), Instant.parse("2024-10-27T00:30:00Z"),
				Instant.parse("2024-10-27T01:30:00Z"), Instant.parse("0001-01-01T00:00:00Z"),
				Instant.parse("9999-12-31T23:59:59.999999Z"), Instant.parse("2262-04-12T00:00:00Z"), Instant.MAX,
				Instant.MIN, OffsetDateTime.parse("2024-05-01T10:15:30Z"),
				OffsetDateTime.parse("2024-05-01T10:15:30.123456789-03:30"), OffsetDateTime.MAX,
				ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Berlin]"),
				ZonedDateTime.parse("2024-10-27T02:30:00+02:00[Europe/Berlin]"),
				ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 1, ZoneId.of("UTC")), Duration.ZERO, Duration.ofNanos(-1),
				Duration.ofDays(365_000_000), Duration.ofSeconds(Long.MIN_VALUE, 0), Duration.ofMillis(1500));
	}

	static List<Object> trees() {
		Map<@Nullable String, @Nullable Object> nulls = new HashMap<>();
		nulls.put("none", null);
		nulls.put("list", Arrays.asList(null, 1, "a", true, 1.5, null));
		nulls.put(null, "null key");
		Map<DayOfWeek, Object> byDay = new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 1L));
		return List.of(Map.of(), List.of(), Set.of(), nulls, byDay, Map.of("theme", "dark", "size", 12, "ratio", 1.5),
				Map.of("long", 5L, "big", 9007199254740993L, "max", Long.MAX_VALUE, "price", new BigDecimal("1.10")),
				Map.of("$long", "5"), Map.of("$ref", Map.of("$id", 1)), Map.of("nul\0key", "nul\0value"),
				Map.of("", "empty", " ", "blank", "a.b", 1, "\uD83D\uDE00", 1), Map.of(1, "one", 2L, "two"),
				Map.of("k".repeat(70_000), 1), Map.of("half \uD83D", "half \uDE00"), Set.of("a", "b"),
				new TreeSet<>(Set.of(3, 1, 2)), new TreeMap<>(Map.of("b", 1, "a", 2)),
				List.of(List.of(List.of()), Set.of(1L), Map.of("s", Set.of(Map.of("t", DayOfWeek.SUNDAY)))),
				List.of(1.0, 100.0, 123456.789, 0.001, 9999999.0, 0.1, 1.0 / 3, -1.5, -0.0, 1.0E7, 1e300,
						Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Float.NaN, 0.1f),
				List.of((byte) 1, (short) 2, 3, 4L, BigInteger.valueOf(5), BigInteger.TEN.pow(40), new BigDecimal("6"),
						new BigDecimal("1E+500"), new BigDecimal("1E-500"), 'c', DayOfWeek.MONDAY),
				List.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 2147483648L, Long.MIN_VALUE), times(),
				List.of(UUID.randomUUID(), "1 MB".repeat(1000), "\0", "tab\t\"quote\" \\ / \u2028"), nested(32));
	}

	static Object nested(int depth) {
		Object nested = Collections.emptyMap();
		for (int i = 1; i < depth; i++) {
			nested = (i % 2 == 0) ? List.of(nested) : Map.of(i, nested);
		}
		return nested;
	}

	static List<Object> arrays() {
		return List.of(new int[] { 1, -1 }, new long[] { 5, Long.MAX_VALUE }, new double[] { 0.1, Double.NaN, -0.0 },
				new boolean[] { true }, new char[] { 'a', '\0', '\uD83D' }, new short[] { 1 }, new float[] { 0.1f },
				new String[] { "a", null, "" }, new Object[] { 1, "a", null, 5L }, new int[][] { { 1 }, {} },
				new DayOfWeek[] { DayOfWeek.MONDAY }, new Instant[] { Instant.EPOCH }, new byte[][] { { 1 }, { 0 } },
				Map.of("bytes", new byte[] { 0, 1 }, "ints", new int[] { 1 }));
	}

}
