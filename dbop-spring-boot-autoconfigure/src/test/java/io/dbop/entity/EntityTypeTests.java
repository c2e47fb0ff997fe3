package io.dbop.entity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import io.dbop.entity.value.EntitySerializer;
import io.dbop.entity.value.InvalidValueException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.UnexpectedRollbackException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The types of fields: what comes back, and what becomes of conflicts. */
@EachDatabase
class EntityTypeTests {

	private final DatabaseInstance instance;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	EntityTypeTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private static Map<String, Object> values() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("yes", true);
		values.put("no", false);
		values.put("aByte", (byte) -7);
		values.put("aShort", (short) 300);
		values.put("anInt", Integer.MIN_VALUE);
		values.put("aLong", (1L << 53) + 1);
		values.put("big", new BigInteger("123456789012345678901234567890"));
		values.put("price", new BigDecimal("1.10"));
		values.put("tiny", new BigDecimal("0.000000000000000000000000000001"));
		values.put("aFloat", 1.1f);
		values.put("aDouble", Math.PI);
		values.put("nan", Double.NaN);
		values.put("infinite", Double.NEGATIVE_INFINITY);
		values.put("empty", "");
		values.put("blank", "  x  ");
		values.put("long text", "x".repeat(1 << 20));
		values.put("naughty", "'; DROP TABLE users; -- \u0001 [x] ? :y $1 \uD83D\uDE00 \u202E \\ ` \" %s");
		values.put("nul", "a\u0000b");
		values.put("aChar", 'ß');
		values.put("bytes", new byte[] { 0, 1, -1, 0 });
		values.put("uuid", UUID.fromString("6f1c2a3b-0000-4000-8000-00000000000f"));
		values.put("day", DayOfWeek.MONDAY);
		values.put("date", LocalDate.of(1969, 12, 31));
		values.put("time", LocalTime.of(23, 59, 59, 999_999_999));
		values.put("dateTime", LocalDateTime.of(2024, 2, 29, 1, 2, 3, 123_456_789));
		values.put("offset", OffsetDateTime.parse("2024-02-29T01:02:03.123456789-03:30"));
		values.put("zoned", ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Berlin]"));
		values.put("instant", Instant.parse("1901-12-13T20:45:51.000000001Z"));
		values.put("duration", Duration.ofSeconds(-5, 3));
		Map<String, @Nullable Object> nested = new HashMap<>();
		nested.put("none", null);
		nested.put("count", 5L);
		nested.put("at", Instant.parse("2024-02-29T01:02:03.123456789Z"));
		nested.put("list", Arrays.asList(1, null, "two", new BigDecimal("3.30"), List.of(), Map.of()));
		values.put("map", nested);
		values.put("list", List.of("a", 1, true));
		values.put("set", Set.of(1, 2, 3));
		values.put("emptyList", List.of());
		values.put("emptyMap", Map.of());
		return values;
	}

	@Test
	@DisplayName("E3 what comes back equals what went in")
	void whenSavedThenTheSameComesBack() {
		EntityRecord saved = this.entities.save("types", "one", values());
		EntityRecord read = this.entities.get("types", "one").orElseThrow();
		assertSame(saved.fields());
		assertSame(read.fields());
		assertSame(this.entities.save("types", "one", Map.of("anInt", Integer.MIN_VALUE)).fields());
		assertSame(this.entities.version("types", "one", 1).orElseThrow().fields());
		EntityRecord copy = this.entities.save("types", read.fields());
		assertSame(copy.fields());
		assertSame(this.entities.get("types", copy.id()).orElseThrow().fields());
		List<EntityRecord> several = this.entities.saveAll("types", List.of(with("a"), with("b"), with("a")));
		several.forEach((row) -> assertSame(row.fields()));
		try (EntityFixture other = new EntityFixture(this.instance)) {
			assertSame(other.entities().get("types", "b").orElseThrow().fields());
		}
	}

	@Test
	@DisplayName("a save whose result cannot be given back has come to nothing, or says that it has been done")
	void whenWhatASaveHasMadeCannotBeReadThenItIsKnownWhetherItIsThere() {
		this.entities.save("tones", "t", Map.of("a", 1));
		try (EntityFixture deaf = new EntityFixture(this.instance, EntitySettings.defaults(),
				List.of(new DeafSerializer()), UnaryOperator.identity())) {
			deaf.db.inTransaction((tx) -> {
				// Nobody reads it.
				deaf.entities()
					.saveAll("tones", List.of(Map.<String, Object>of("id", "t", "tone", new Tone(5))).iterator());
			});
			long before = versions();
			InvalidValueException failure = catchThrowableOfType(InvalidValueException.class,
					() -> deaf.entities().save("tones", "t", Map.of("a", 2)));
			assertThat(versions() - before).isEqualTo(failure.getMessage().contains("was saved is there") ? 1 : 0);
			long after = versions();
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> deaf.db.inTransaction((tx) -> {
					catchThrowable(() -> deaf.entities().save("tones", "t", Map.of("a", 3)));
				}));
			assertThat(versions()).isEqualTo(after);
		}
	}

	private long versions() {
		return this.fixture.db.sql("SELECT COUNT(*) FROM [tones_history]").single(Long.class);
	}

	/** What can be written, and not read. */
	record Tone(int pitch) {
	}

	static final class DeafSerializer implements EntitySerializer<Tone> {

		@Override
		public Class<Tone> type() {
			return Tone.class;
		}

		@Override
		public Object serialize(Tone value) {
			return value.pitch();
		}

		@Override
		public Tone deserialize(Object value) {
			throw new IllegalStateException("deaf");
		}

	}

	@Test
	@DisplayName("binary numbers are the same when their column has become one of decimals")
	void whenAColumnBecomesOneOfDecimalsThenItsNumbersStay() {
		List<Double> numbers = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-31,
				Math.PI * 1e-20, 0.1 + 0.2, 1e300, -Double.MIN_VALUE, 42.0);
		for (int i = 0; i < numbers.size(); i++) {
			this.entities.save("numbers", "n" + i, Map.of("v", numbers.get(i), "at", LocalTime.of(1, 2, 3, i)));
		}
		List<Instant> exactly = List.of(Instant.parse("2024-02-29T01:02:03.123456789Z"));
		for (String id : List.of("with", "without")) {
			this.entities.save("numbers", id, Map.of("v", Double.POSITIVE_INFINITY, "list", exactly));
		}
		this.entities.save("numbers", "without", Map.of("list", List.of(1)));
		this.entities.save("numbers", "whole", Map.of("v", 5L));
		assertThat(this.entities.get("numbers", "with").orElseThrow().fields()).containsEntry("list", exactly)
			.containsEntry("v", Double.POSITIVE_INFINITY);
		assertThat(this.entities.get("numbers", "without").orElseThrow().fields()).containsEntry("list", List.of(1))
			.containsEntry("v", Double.POSITIVE_INFINITY);
		try (EntityFixture other = new EntityFixture(this.instance)) {
			for (int i = 0; i < numbers.size(); i++) {
				Map<String, Object> read = other.entities().get("numbers", "n" + i).orElseThrow().fields();
				assertNumber(read.get("v"), numbers.get(i));
				assertThat(read).containsEntry("at", LocalTime.of(1, 2, 3, i));
				assertNumber(other.entities().version("numbers", "n" + i, 1).orElseThrow().fields().get("v"),
						numbers.get(i));
				assertNumber(other.entities().save("numbers", "n" + i, Map.of("x", 1)).fields().get("v"),
						numbers.get(i));
			}
			assertThat(other.entities().find("numbers", EntityQuery.all())).hasSize(numbers.size() + 3);
		}
	}

	private static void assertNumber(@Nullable Object read, Double number) {
		if (Double.isFinite(number)) {
			assertThat(((BigDecimal) read).doubleValue()).isEqualTo(number);
		}
		else {
			assertThat(read).isEqualTo(number);
		}
	}

	private static Map<String, Object> with(String id) {
		Map<String, Object> values = new HashMap<>(values());
		values.put("id", id);
		return values;
	}

	private static void assertSame(Map<String, @Nullable Object> fields) {
		Map<String, Object> expected = values();
		assertThat(fields.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
		expected.forEach((name, value) -> assertThat(fields.get(name)).as(name).isEqualTo(value));
	}

	@Test
	@DisplayName("E5 a conflict of types is refused, and names entity, field and types")
	void whenATypeDoesNotFitThenItIsRefused() {
		this.entities.save("users", "u1", Map.of("age", 5, "ok", true));
		assertThatExceptionOfType(EntityTypeException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("age", "secret")))
			.withMessageContainingAll("'users'", "'age'", "int", "INTEGER", "string")
			.withMessageNotContaining("secret");
		assertThatExceptionOfType(EntityTypeException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("ok", 5)));
		assertThat(this.entities.history("users", "u1")).hasSize(1);
	}

	@Test
	@DisplayName("E5 of two who make a field with different types at once, one is refused")
	void whenAFieldWasMadeWithAnotherTypeMeanwhileThenItIsNotConverted() {
		this.entities.save("users", "u1", Map.of("age", 5));
		try (EntityFixture other = new EntityFixture(this.instance)) {
			other.entities().save("users", "u1", Map.of("more", 1));
			assertThatExceptionOfType(EntityTypeException.class)
				.isThrownBy(() -> this.entities.save("users", "u1", Map.of("more", "text")));
			assertThat(other.entities().get("users", "u1").orElseThrow().get("more")).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("E5 with the policy text the column becomes a text, with the old rows in it")
	void whenConflictsBecomeTextsThenOldRowsStayReadable() {
		EntitySettings text = new EntitySettings(EntityMode.EVOLVE, Map.of(), TypeConflict.TEXT, 500,
				Duration.ofSeconds(5));
		try (EntityFixture textual = new EntityFixture(this.instance, text)) {
			EntityOperations users = textual.entities();
			users.save("users", "u1", Map.of("age", 5, "ok", true, "price", new BigDecimal("1.25")));
			users.save("users", "u2", Map.of("age", "abc", "ok", 5, "price", "free"));
			assertThat(users.get("users", "u1").orElseThrow().fields())
				.isEqualTo(Map.of("age", "5", "ok", "true", "price", "1.25"));
			assertThat(users.get("users", "u2").orElseThrow().fields())
				.isEqualTo(Map.of("age", "abc", "ok", "5", "price", "free"));
			assertThat(users.save("users", "u1", Map.of("age", 7)).get("age")).isEqualTo("7");
			assertThat(users.version("users", "u1", 1).orElseThrow().get("ok")).isEqualTo("true");
		}
	}

	@Test
	@DisplayName("E5 a field is widened from int to long to a decimal, from float to double, from an enum to a text")
	void whenAWiderTypeComesThenTheColumnIsWidened() {
		this.entities.save("users", "u1", Map.of("n", 5, "f", 1.1f, "d", 0.1, "day", DayOfWeek.FRIDAY, "c", 'c'));
		this.entities.save("users", "u2", Map.of("n", 5_000_000_000L, "f", 1.1, "d",
				new BigDecimal("12345678901234567890.5"), "day", "Freitag", "c", "cc"));
		assertThat(this.entities.get("users", "u1").orElseThrow().fields()).containsEntry("n", 5L)
			.containsEntry("f", (double) 1.1f)
			.containsEntry("d", new BigDecimal("0.1"))
			.containsEntry("day", "FRIDAY")
			.containsEntry("c", "c");
		this.entities.save("users", "u3", Map.of("n", new BigDecimal("5.50")));
		assertThat(this.entities.get("users", "u2").orElseThrow().get("n")).isEqualTo(new BigDecimal("5000000000"));
		assertThat(this.entities.get("users", "u3").orElseThrow().get("n")).isEqualTo(new BigDecimal("5.50"));
		assertThat(this.entities.find("users", EntityQuery.all().orderBy("n DESC"))).extracting(EntityRecord::id)
			.containsExactly("u2", "u3", "u1");
		assertThat(this.entities.version("users", "u1", 1).orElseThrow().get("n")).isEqualTo(new BigDecimal("5"));
	}

	@Test
	@DisplayName("E5 a field whose first value is null gets its type from the first that is not")
	void whenTheFirstValueIsNullThenThereIsNoColumnYet() {
		Map<String, @Nullable Object> none = new HashMap<>();
		none.put("age", null);
		none.put("name", "John");
		assertThat(this.entities.save("users", "u1", none).fields()).isEqualTo(Map.of("name", "John"));
		assertThat(this.entities.save("users", "u1", Map.of("age", 7)).get("age")).isEqualTo(7);
		assertThat(this.entities.find("users", EntityQuery.where("[age] + 1 = 8"))).hasSize(1);
	}

	@Test
	void whenAnInstantIsSearchedForThenItIsFoundWhateverTheColumnKeepsOfIt() {
		Instant instant = Instant.parse("2024-02-29T01:02:03.123456789Z");
		this.entities.save("events", "e1", Map.of("at", instant, "price", new BigDecimal("1.10"), "id2",
				UUID.fromString("6f1c2a3b-0000-4000-8000-00000000000f"), "day", DayOfWeek.MONDAY));
		assertThat(this.entities.find("events", EntityQuery.where("[at] = ?", instant))).hasSize(1);
		assertThat(this.entities.find("events",
				EntityQuery.where("[at] > ? AND [at] < ?", instant.minusSeconds(1), instant.plusSeconds(1))))
			.hasSize(1);
		assertThat(this.entities.find("events", EntityQuery.where("[price] = ? AND [id2] = ? AND [day] = ?",
				new BigDecimal("1.1"), UUID.fromString("6f1c2a3b-0000-4000-8000-00000000000f"), DayOfWeek.MONDAY)))
			.hasSize(1);
	}

}
