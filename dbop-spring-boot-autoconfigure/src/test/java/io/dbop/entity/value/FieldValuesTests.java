package io.dbop.entity.value;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.dialect.Dialects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FieldValues}, without a database.
 */
class FieldValuesTests {

	private static final FieldType JSON = FieldType.parse("json");

	private final FieldValues values = on("postgresql");

	private static FieldValues on(String dialect) {
		return new FieldValues(Objects.requireNonNull(new Dialects(List.of()).findByName(dialect)).columns(),
				List.of());
	}

	@Test
	void whenAClassOfTheJdkHasNoTypeOfItsOwnThenItIsLikeAnother() {
		Instant instant = Instant.parse("2024-05-01T10:15:30.123Z");
		isLike(Date.from(instant), "instant", instant);
		isLike(Timestamp.from(instant), "instant", instant);
		isLike(GregorianCalendar.from(instant.atZone(ZoneOffset.UTC)), "instant", instant);
		isLike(java.sql.Date.valueOf("2024-05-01"), "date", LocalDate.of(2024, 5, 1));
		isLike(java.sql.Time.valueOf("10:15:30"), "time", LocalTime.of(10, 15, 30));
		isLike(Year.of(2024), "int", 2024);
		isLike(new AtomicInteger(5), "int", 5);
		isLike(Optional.of(OptionalLong.of(5)), "long", 5L);
		isLike(Locale.CANADA_FRENCH, "string", "fr-CA");
		isLike(Currency.getInstance("EUR"), "string", "EUR");
		isLike(URI.create("urn:a"), "string", "urn:a");
		isLike(ZoneId.of("Europe/Berlin"), "string", "Europe/Berlin");
		isLike(new StringBuilder("text"), "string", "text");
		isLike(new ArrayDeque<>(List.of(1, 2)), "json", List.of(1, 2));
	}

	private void isLike(Object value, String type, Object expected) {
		FieldType own = Objects.requireNonNull(this.values.typeOf(value));
		assertThat(own.name()).isEqualTo(type);
		assertThat(back(own, value)).isEqualTo(expected);
	}

	private @Nullable Object back(FieldType type, @Nullable Object value) {
		Encoded encoded = this.values.encode(type, value);
		return this.values.decode(type, encoded.column(), encoded.exact());
	}

	@Test
	void whenAConstantHasABodyThenItsTypeIsTheEnum() {
		assertThat(this.values.typeOf(Body.ONE)).isEqualTo(FieldType.ofEnum(Body.class.getName()));
		assertThat(back(FieldType.ofEnum(Body.class.getName()), Body.ONE)).isSameAs(Body.ONE);
	}

	@Test
	void whenAnEnumOrAConstantIsGoneThenItsNameComesBack() {
		assertThat(this.values.decode(FieldType.ofEnum("no.such.Enum"), "A", null)).isEqualTo("A");
		assertThat(this.values.decode(FieldType.ofEnum(DayOfWeek.class.getName()), "A", null)).isEqualTo("A");
		assertThat(this.values.decode(JSON, "{}", "{\"$enum\":[\"no.such.Enum\",\"A\"]}")).isEqualTo(Map.of());
	}

	@Test
	void whenTheNameOfAnEnumIsThatOfAnotherClassThenItIsNotInitialized() {
		FieldType type = FieldType.ofEnum(Loud.class.getName());
		assertThat(this.values.decode(type, "A", null)).isEqualTo("A");
		assertThat(initialized).isFalse();
	}

	@Test
	void whenThereIsNoValueThenNoType() {
		assertThat(this.values.typeOf(Optional.empty())).isNull();
		assertThat(this.values.encode(JSON, null)).isEqualTo(new Encoded(null, null));
		assertThat(this.values.encode(JSON, Optional.empty())).isEqualTo(new Encoded(null, null));
		assertThat(this.values.decode(JSON, null, null)).isNull();
	}

	@Test
	@DisplayName("E5 a narrower value becomes one of the field's type")
	void whenTheTypeOfTheFieldIsWiderThenTheValueIsWidened() {
		assertThat(back(FieldType.parse("long"), 5)).isEqualTo(5L);
		assertThat(back(FieldType.parse("double"), 5)).isEqualTo(5.0);
		assertThat(back(FieldType.parse("decimal"), 0.1)).isEqualTo(new BigDecimal("0.1"));
		assertThat(back(FieldType.parse("decimal"), new BigInteger("7"))).isEqualTo(new BigDecimal("7"));
		assertThat(back(FieldType.parse("decimal"), Double.NaN)).isEqualTo(Double.NaN);
		assertThat(back(FieldType.parse("string"), DayOfWeek.MONDAY)).isEqualTo("MONDAY");
		assertThat(back(FieldType.parse("string"), '\0')).isEqualTo("\0");
		assertThat(back(FieldType.parse("offsetdatetime"), Instant.EPOCH))
			.isEqualTo(Instant.EPOCH.atOffset(ZoneOffset.UTC));
		assertThat(this.values.decode(FieldType.parse("zoneddatetime"), Instant.EPOCH.plusNanos(1000),
				"{\"$instant\":\"1970-01-01T00:00:00.000001001Z\"}"))
			.isEqualTo(Instant.EPOCH.plusNanos(1001).atZone(ZoneOffset.UTC));
	}

	@Test
	@DisplayName("E5 a value that does not fit the type is refused without being told")
	void whenTheTypeDoesNotHoldTheValueThenRefused() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.encode(FieldType.parse("int"), "secret"))
			.withMessageContaining("int")
			.withMessageContaining("java.lang.String")
			.withMessageNotContaining("secret");
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.encode(FieldType.parse("int"), 5_000_000_000L));
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.encode(FieldType.parse("boolean"), 1));
	}

	@Test
	void whenAValueIsOfTheJdkAndNoValueThenRefused() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.typeOf(new ByteArrayInputStream(new byte[0])))
			.withMessageContaining("java.io.ByteArrayInputStream")
			.withMessageContaining("EntitySerializer");
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.encode(JSON, Map.of("t", Thread.currentThread())))
			.withMessageContaining("java.lang.Thread");
	}

	@Test
	@DisplayName("what is nested too deeply, or in itself, is refused")
	void whenNestedTooDeeplyThenRefused() {
		List<Object> self = new ArrayList<>();
		self.add(self);
		assertThat(back(JSON, Samples.nested(32))).isEqualTo(Samples.nested(32));
		for (Object value : List.of(self, Samples.nested(33))) {
			assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> this.values.encode(JSON, value))
				.withMessageContaining("32");
		}
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.encode(JSON, new Node(self)))
			.withMessageContaining(Node.class.getName());
	}

	@Test
	void whenAValueIsNaturalThenThereIsNothingExactBesideIt() {
		for (Object natural : List.of(Map.of("a", 1, "b", List.of("x", true, 1.5, 5_000_000_000L)), List.of(),
				Map.of())) {
			Encoded encoded = this.values.encode(JSON, natural);
			assertThat(encoded.exact()).isNull();
		}
		assertThat(this.values.encode(FieldType.parse("string"), "text").exact()).isNull();
		assertThat(this.values.encode(FieldType.parse("decimal"), new BigDecimal("1.10")).exact()).isNull();
		assertThat(on("mysql").encode(FieldType.parse("decimal"), new BigDecimal("1.10")))
			.isEqualTo(new Encoded(new BigDecimal("1.1"), "{\"$decimal\":\"1.10\"}"));
	}

	@Test
	void whenAValueIsSpecialThenPlainJsonIsWhatSqlWouldExpect() {
		Encoded encoded = this.values.encode(JSON, List.of(1L, new BigDecimal("1.10"), DayOfWeek.MONDAY, Set.of("a"),
				Instant.EPOCH, Double.NaN, "nul\0", new int[] { 1 }, Map.of(1, 'c'), TimeUnit.DAYS));
		assertThat(encoded.column()).isEqualTo(
				"[1,1.10,\"MONDAY\",[\"a\"],\"1970-01-01T00:00:00Z\",\"NaN\",\"nul\uFFFD\",[1],{\"1\":\"c\"},\"DAYS\"]");
		assertThat(JsonText.read(Objects.requireNonNull(encoded.exact()))).asInstanceOf(InstanceOfAssertFactories.MAP)
			.hasEntrySatisfying("$json", (typed) -> assertThat((String) typed).startsWith(
					"[{\"$long\":\"1\"},{\"$decimal\":\"1.10\"},{\"$enum\":[\"java.time.DayOfWeek\",\"MONDAY\"]},{\"$set\":[\"a\"]},{\"$instant\":\"1970-01-01T00:00:00Z\"},{\"$double\":\"NaN\"},{\"$utf16\":"));
	}

	@Test
	void whenARowHasDollarsOfItsOwnThenTheyAreNotTakenForTags() {
		assertThat(this.values.decode(JSON, "{\"$long\":\"5\"}", null)).isEqualTo(Map.of("$long", "5"));
		assertThat(back(JSON, Map.of("$long", "5"))).isEqualTo(Map.of("$long", "5"));
	}

	@Test
	void whenARecordOrABeanIsHeldThenAMapComesBack() {
		Address address = new Address("Paris", new BigDecimal("1.10"), 5L, new byte[] { 1 }, List.of(DayOfWeek.MONDAY),
				null);
		FieldType type = Objects.requireNonNull(this.values.typeOf(address));
		assertThat(type).isEqualTo(JSON);
		assertThat(back(type, address)).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("city", "Paris")
			.containsEntry("price", new BigDecimal("1.10"))
			.containsEntry("number", 5L)
			.containsEntry("bytes", new byte[] { 1 })
			.containsEntry("days", List.of("MONDAY"))
			.containsEntry("none", null);
	}

	@Test
	void whenWhatARowHoldsIsNotReadableThenTheMessageDoesNotTellIt() {
		for (String exact : List.of("{\"$decimal\":\"secret\"}", "{\"$enum\":[\"secret\"]}", "secret")) {
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> this.values.decode(JSON, "{}", exact))
				.withMessageNotContaining("secret")
				.withNoCause();
		}
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.decode(JSON, "secret", null))
			.withMessageNotContaining("secret")
			.satisfies((ex) -> assertThat(ex.inField("name")).hasMessageContaining("'name'"));
	}

	@Test
	void whenAValueBecomesTextThenAsItIsRead() {
		assertThat(this.values.asText(5)).isEqualTo("5");
		assertThat(this.values.asText(true)).isEqualTo("true");
		assertThat(this.values.asText(new BigDecimal("1.10"))).isEqualTo("1.10");
		assertThat(this.values.asText(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
		assertThat(this.values.asText(DayOfWeek.MONDAY)).isEqualTo("MONDAY");
		assertThat(this.values.asText(Duration.ofSeconds(90))).isEqualTo("PT1M30S");
		assertThat(this.values.asText(new byte[] { 1, 2 })).isEqualTo("AQI=");
		assertThat(this.values.asText(List.of(1L))).isEqualTo("[1]");
	}

	@Test
	@DisplayName("E5 a value of a wider type with the same column comes back where the narrower one is known")
	void whenTheRecordedTypeIsNarrowerThenTheExactValueTells() {
		OffsetDateTime value = OffsetDateTime.parse("2024-05-01T10:15:30.123456-03:30");
		Encoded encoded = this.values.encode(FieldType.parse("offsetdatetime"), value);
		FieldType instant = FieldType.parse("instant");
		assertThat(this.values.decode(instant, encoded.column(), encoded.exact())).isEqualTo(value);
		assertThat(this.values.decode(instant, Instant.EPOCH, encoded.exact())).isEqualTo(Instant.EPOCH);
	}

	@Test
	@DisplayName("E5 what was written before the field became one of texts reads as it was")
	void whenTheFieldHasBecomeOneOfTextsThenOldValuesReadAsTheyWere() {
		FieldType string = FieldType.parse("string");
		String price = "{\"$decimal\":\"1.10\"}";
		assertThat(on("mysql").decode(string, "1.100000000000000000000000000000", price)).isEqualTo("1.10");
		assertThat(on("mysql").decode(string, "1.1", price)).isEqualTo("1.10");
		assertThat(on("mysql").decode(string, "11", price)).isEqualTo("11");
		assertThat(on("mysql").decode(string, "abc", price)).isEqualTo("abc");
		String time = "{\"$instant\":\"2024-10-20T10:00:00.123456789Z\"}";
		assertThat(on("mysql").decode(string, "2024-10-20 10:00:00.123456", time))
			.isEqualTo("2024-10-20T10:00:00.123456789Z");
		assertThat(on("h2").decode(string, "2024-10-20 10:00:00.123456789+00", time))
			.isEqualTo("2024-10-20T10:00:00.123456789Z");
		assertThat(on("mysql").decode(string, "2024-10-20 10:00:01", time)).isEqualTo("2024-10-20 10:00:01");
	}

	@Test
	void whenAValueIsAParameterThenAsTheColumnHoldsIt() {
		assertThat(on("mysql").parameter(OffsetDateTime.parse("1970-01-01T01:00:00.1234567+01:00")))
			.isEqualTo("1970-01-01 00:00:00.123456");
		assertThat(on("sqlite").parameter(Instant.EPOCH)).isEqualTo("1970-01-01 00:00:00.000");
		assertThat(on("sqlite").parameter(new BigDecimal("1.10"))).isEqualTo(1.1);
		assertThat(this.values.parameter(List.of(DayOfWeek.MONDAY, 'c', Duration.ofNanos(5))))
			.isEqualTo(List.of("MONDAY", "c", 5L));
		assertThat(this.values.parameter(Optional.empty())).isNull();
		assertThat(this.values.parameter(Map.of("a", 1L))).isEqualTo("{\"a\":1}");
		assertThat(this.values.parameter(new int[] { 1, 2 })).isEqualTo(new int[] { 1, 2 });
	}

	static boolean initialized;

	enum Body {

		ONE {
		}

	}

	static final class Loud {

		static {
			initialized = true;
		}

	}

	record Node(Object child) {

	}

	record Address(String city, BigDecimal price, long number, byte[] bytes, List<DayOfWeek> days,
			@Nullable String none) {

	}

}
