package io.dbop.disclosure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is told of values. */
@DisplayName("P4: values in logs")
class ValueDisclosureTests {

	private static final String SECRET = "hunter2";

	private final Disclosure full = new Disclosure(ValueDisclosure.FULL,
			List.of("iban", "dob", "Mother's maiden-name"));

	private final Disclosure masked = new Disclosure(ValueDisclosure.MASKED, List.of());

	private final Disclosure none = new Disclosure(ValueDisclosure.NONE, List.of());

	@ParameterizedTest
	@ValueSource(strings = { "password", "PASSWORD", "userPassword", "user_passwd", "dbpwd", "pass", "userPass",
			"secret", "clientSecret", "accessToken", "credentials", "Authorization", "api-key", "apiKey", "X-API-KEY",
			"API_KEY", "private key", "userPin", "pin_code", "PIN", "cvv", "iban", "customerIBAN", "dob", "userDob",
			"mothersMaidenName" })
	void whenANameIsSensitiveThenItsValueIsNeverTold(String name) {
		assertThat(this.full.value(name, SECRET, 200)).isEqualTo("***");
		assertThat(this.full.value("settings", Map.of(name, SECRET), 200)).doesNotContain(SECRET).contains("***");
		assertThat(this.full.value("settings", List.of(Map.of("inner", Map.of(name, List.of(SECRET)))), 200))
			.doesNotContain(SECRET);
		assertThat(this.full.all("save", Arrays.<@Nullable String>asList("id", name), List.of(7, SECRET), 200))
			.isEqualTo("id=7, " + name + "=***");
		assertThat(this.full.all("set " + name, List.of(), List.of(7, SECRET), 200)).isEqualTo("***, ***");
		assertThat(this.full.value("text", "a=1 " + name.replace(' ', '_') + "=" + SECRET + ", b=" + SECRET, 200))
			.startsWith("'a=1 ")
			.doesNotContain(SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "shipping", "passenger", "compass", "mapping", "author", "doberman", "spinning" })
	void whenANameOnlyLooksAlikeThenItsValueIsTold(String name) {
		assertThat(this.full.value(name, "value", 200)).isEqualTo("'value'");
	}

	static Stream<Arguments> values() {
		return Stream.of(arguments(null, "null", "null"), arguments("text", "'text'", "String(4)"),
				arguments(42L, "42", "Long"), arguments(LocalDate.EPOCH, "1970-01-01", "LocalDate"),
				arguments(Optional.of("x"), "'x'", "Optional"), arguments(Optional.empty(), "null", "Optional"),
				arguments(new byte[] { 1, 2 }, "byte[2]", "byte[2]"),
				arguments("hunter2".toCharArray(), "char[7]", "char[7]"),
				arguments(new int[] { 1, 2 }, "[1, 2]", "int[2]"),
				arguments(new Object[] { "a", null }, "['a', null]", "Object[2]"),
				arguments(new ArrayList<>(List.of(1, 2)), "[1, 2]", "ArrayList(2)"),
				arguments(new TreeMap<>(Map.of("a", 1, "b", "x")), "{a=1, b='x'}", "TreeMap(2)"),
				arguments(new Person("Ann", "hunter2", 7), "Person[name='Ann', password=***, age=7]", "Person"),
				arguments(new Discreet("Ann", "NL1"), "Discreet[Ann]", "Discreet"),
				arguments(new Password("hunter2"), "***", "Password"),
				arguments(new Bean(), "Bean(id=1, password=***", "Bean"),
				arguments(new Own(), "Own: of another's kind", "Own"),
				arguments("{\"id\":1,\"password\":\"hunter2\",\"more\":1}", "'{\"id\":1,\"password\":***'",
						"String(38)"),
				arguments("Authorization: Bearer hunter2", "'Authorization:***'", "String(29)"),
				arguments("two\nlines\u2028or\u001b[31m more", "'two lines or [31m more'", "String(22)"));
	}

	@ParameterizedTest
	@MethodSource("values")
	void whenAskedForThenAValueIsToldOrItsTypeOrNothing(@Nullable Object value, String told, String type) {
		assertThat(this.full.value("x", value, 200)).isEqualTo(told);
		assertThat(this.masked.value("x", value, 200)).isEqualTo(type);
		assertThat(this.none.value("x", value, 200)).isEmpty();
		assertThat(this.none.all("x", List.of(), Collections.singletonList(value), 200)).isEmpty();
	}

	@Test
	void whenMaskedThenNotEvenTheLengthOfASecretIsTold() {
		assertThat(this.masked.value("password", SECRET, 200)).isEqualTo("***");
		assertThat(this.masked.all("login", List.of("user", "password"), List.of("ann", SECRET), 200))
			.isEqualTo("user=String(3), password=***");
	}

	@Test
	void whenAValueIsLongThenItIsCut() {
		assertThat(this.full.value("x", "a".repeat(1_000_000), 10)).hasSizeLessThan(20).startsWith("'aaaaaaaa");
		assertThat(this.full.value("x", "\uD83D\uDE00".repeat(20), 4)).doesNotContain("?").endsWith("...");
		List<String> many = Collections.nCopies(1_000_000, "a".repeat(100));
		assertThat(this.full.value("x", many, 200)).hasSizeLessThan(210);
		assertThat(this.full.value("x", IntStream.range(0, 100).boxed().toList(), 2000)).endsWith("19, ...]");
		assertThat(this.full.all("x", List.of(), Collections.nCopies(60, 1), 200)).endsWith("1, ... 10 more");
	}

	@Test
	void whenAValueContainsItselfThenThereIsAnEnd() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		Map<String, Object> map = new TreeMap<>();
		map.put("self", map);
		assertThat(this.full.value("x", list, 200)).isEqualTo("[[[[[...]]]]]");
		assertThat(this.full.value("x", map, 200)).hasSizeLessThan(100);
	}

	@Test
	void whenAValueFailsToTellThenTheLogDoesNot() {
		for (Object each : List.of(new Failing(new IllegalStateException(SECRET)),
				new Failing(new StackOverflowError()), new Failing(new AssertionError(SECRET)),
				new FailingRecord("x"))) {
			assertThat(this.full.value("x", each, 200)).isEqualTo("(unreadable)");
			assertThat(this.full.value("x", List.of(each), 200)).isEqualTo("(unreadable)");
			assertThat(this.full.value("x", Map.of(each.hashCode(), each), 200)).isEqualTo("(unreadable)");
		}
		assertThat(this.full.value("x", new Nothing(), 200)).isEqualTo("(unreadable)");
	}

	record Person(String name, String password, int age) {
	}

	record Discreet(String name, String account) {

		@Override
		public String toString() {
			return "Discreet[" + this.name + "]";
		}

	}

	record Password(String value) {
	}

	record FailingRecord(String value) {

		@Override
		public String value() {
			throw new IllegalStateException(SECRET);
		}

		@Override
		public String toString() {
			throw new IllegalStateException(SECRET);
		}

	}

	static final class Bean {

		@Override
		public String toString() {
			return "Bean(id=1, password=hunter2, token=hunter2)";
		}

	}

	/** A collection that must not be looked into: it may ask a database. */
	static final class Own extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		@Override
		public int size() {
			throw new IllegalStateException("looked into");
		}

		@Override
		public String toString() {
			return "Own: of another's kind";
		}

	}

	static final class Failing {

		private final Throwable failure;

		Failing(Throwable failure) {
			this.failure = failure;
		}

		@Override
		public String toString() {
			if (this.failure instanceof Error error) {
				throw error;
			}
			throw (RuntimeException) this.failure;
		}

	}

	static final class Nothing {

		@Override
		@SuppressWarnings("NullAway")
		public String toString() {
			return null;
		}

	}

}
