package io.dbop.entity.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.Dialects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EntitySerializer}.
 */
class EntitySerializerTests {

	private static final ColumnValues COLUMNS = Objects.requireNonNull(new Dialects(List.of()).findByName("mysql"))
		.columns();

	private static final Money PRICE = new Money("EUR", new BigDecimal("1.10"));

	private final FieldValues values = new FieldValues(COLUMNS, List.of(new MoneySerializer(), new ShapeSerializer()));

	private static @Nullable Object back(FieldValues reader, FieldType type, Encoded encoded) {
		return reader.decode(type, encoded.column(), encoded.exact());
	}

	@Test
	void whenAFieldIsOfTheTypeThenItComesBack() {
		FieldType type = Objects.requireNonNull(this.values.typeOf(PRICE));
		assertThat(type.name()).isEqualTo("custom:" + Money.class.getName() + "|string");
		assertThat(FieldType.parse(type.name())).isEqualTo(type);
		Encoded encoded = this.values.encode(type, PRICE);
		assertThat(encoded).isEqualTo(new Encoded("EUR 1.10", null));
		assertThat(back(this.values, type, encoded)).isEqualTo(PRICE);
		assertThat(this.values.parameter(PRICE)).isEqualTo("EUR 1.10");
		assertThat(this.values.asText(PRICE)).isEqualTo("EUR 1.10");
	}

	@Test
	void whenItIsWithinJsonThenItComesBack() {
		Map<String, Object> value = Map.of("price", PRICE, "all", List.of(PRICE));
		FieldType json = Objects.requireNonNull(this.values.typeOf(value));
		Encoded encoded = this.values.encode(json, value);
		assertThat((String) encoded.column()).contains("\"price\":\"EUR 1.10\"");
		assertThat(back(this.values, json, encoded)).isEqualTo(value);
	}

	@Test
	void whenItIsWithinARecordThenItIsSerialized() {
		FieldType json = FieldType.parse("json");
		assertThat(back(this.values, json, this.values.encode(json, new Item(PRICE, 1))))
			.isEqualTo(Map.of("price", "EUR 1.10", "size", 1));
	}

	@Test
	void whenAnotherApplicationHasNoSerializerThenItReadsWhatIsUnderneath() {
		FieldValues other = new FieldValues(COLUMNS, List.of());
		FieldType type = Objects.requireNonNull(this.values.typeOf(PRICE));
		assertThat(back(other, type, this.values.encode(type, PRICE))).isEqualTo("EUR 1.10");
		FieldType json = FieldType.parse("json");
		assertThat(back(other, json, this.values.encode(json, List.of(PRICE)))).isEqualTo(List.of("EUR 1.10"));
	}

	@Test
	void whenAValueIsOfASubclassThenTheSerializerOfTheSupertypeServesIt() {
		FieldType type = Objects.requireNonNull(this.values.typeOf(new Circle(2)));
		assertThat(type.name()).isEqualTo("custom:" + Shape.class.getName() + "|json");
		assertThat(back(this.values, type, this.values.encode(type, new Circle(2)))).isEqualTo(new Circle(2));
	}

	@Test
	@DisplayName("a serializer that fails is named, with the type, and not the value")
	void whenASerializerFailsThenItIsNamed() {
		Money bad = new Money("EUR", new BigDecimal("-666"));
		for (Object value : List.of(bad, List.of(bad), new Item(bad, 1))) {
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> this.values.encode(Objects.requireNonNull(this.values.typeOf(value)), value))
				.withMessageContaining(MoneySerializer.class.getName())
				.withMessageContaining(Money.class.getName())
				.withMessageNotContaining("666");
		}
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(
					() -> this.values.decode(FieldType.parse("custom:" + Money.class.getName() + "|string"), "x", null))
			.withMessageContaining("deserialize");
	}

	@Test
	void whenItIsWithinAnOptionalThenItIsSerializedToo() {
		FieldType type = Objects.requireNonNull(this.values.typeOf(Optional.of(PRICE)));
		assertThat(back(this.values, type, this.values.encode(type, Optional.of(PRICE)))).isEqualTo(PRICE);
		assertThat(this.values.parameter(Optional.of(PRICE))).isEqualTo("EUR 1.10");
		assertThat(this.values.parameter(List.of(PRICE))).isEqualTo(List.of("EUR 1.10"));
	}

	@Test
	void whenASerializerGivesWhatNeedsOneItselfThenRefused() {
		FieldValues endless = new FieldValues(COLUMNS, List.of(new EndlessSerializer()));
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> endless.typeOf("a"))
			.withMessageContaining(EndlessSerializer.class.getName());
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> endless.encode(FieldType.parse("json"), List.of("a")));
	}

	@Test
	void whenTwoAreForOneTypeThenRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FieldValues(COLUMNS, List.of(new MoneySerializer(), new MoneySerializer())))
			.withMessageContaining(Money.class.getName());
	}

	record Money(String currency, BigDecimal amount) {

	}

	record Item(Money price, int size) {

	}

	interface Shape {

	}

	record Circle(int radius) implements Shape {

	}

	static final class MoneySerializer implements EntitySerializer<Money> {

		@Override
		public Class<Money> type() {
			return Money.class;
		}

		@Override
		public Object serialize(Money value) {
			if (value.amount().signum() < 0) {
				throw new IllegalStateException("no debts");
			}
			return value.currency() + " " + value.amount();
		}

		@Override
		public Money deserialize(Object value) {
			String[] parts = ((String) value).split(" ");
			return new Money(parts[0], new BigDecimal(parts[1]));
		}

	}

	static final class EndlessSerializer implements EntitySerializer<String> {

		@Override
		public Class<String> type() {
			return String.class;
		}

		@Override
		public Object serialize(String value) {
			return value;
		}

		@Override
		public String deserialize(Object value) {
			return (String) value;
		}

	}

	static final class ShapeSerializer implements EntitySerializer<Shape> {

		@Override
		public Class<Shape> type() {
			return Shape.class;
		}

		@Override
		public Object serialize(Shape value) {
			return Map.of("radius", ((Circle) value).radius());
		}

		@Override
		public Shape deserialize(Object value) {
			return new Circle((Integer) Objects.requireNonNull(((Map<?, ?>) value).get("radius")));
		}

	}

}
