package io.dbop.entity.value;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.entity.value.Special.PlainNumber;
import io.dbop.entity.value.Special.PlainText;
import org.jspecify.annotations.Nullable;

/** Tells what is special about a value, of those that the canonical ones are. */
final class Specials {

	/** MySQL's limit is 64 KiB. */
	private static final int MAX_KEY = 8192;

	/** What every database takes as a number within JSON. */
	private static final int MAX_DIGITS = 300;

	private final ColumnValues columns;

	private final ValueClasses classes;

	Specials(ColumnValues columns, ValueClasses classes) {
		this.columns = columns;
		this.classes = classes;
	}

	/** What stands for the value, {@code null} if JSON has a form for it. */
	@Nullable Special of(Object value) {
		EntitySerializer<?> serializer = this.classes.serializer(value);
		if (serializer != null) {
			Object serialized = Objects.requireNonNull(this.classes.serialized(value));
			return new Special(Tags.CUSTOM, Arrays.asList(serializer.type().getName(), serialized), serialized);
		}
		if (value instanceof String text) {
			return ofText(text);
		}
		if (value instanceof Map<?, ?> map) {
			return isNatural(map) ? null : ofMap(map);
		}
		if (value instanceof Set<?> set) {
			List<?> elements = new ArrayList<>(set);
			return new Special(Tags.SET, elements, elements);
		}
		if (value instanceof Number number) {
			return ofNumber(number);
		}
		return (value instanceof List<?> || value instanceof Boolean) ? null : ofOther(value);
	}

	private @Nullable Special ofText(String text) {
		String held = held(text);
		return held.equals(text) ? null : new Special(Tags.UTF16, utf16(text), new PlainText(held));
	}

	private String held(String text) {
		return (String) Objects.requireNonNull(this.columns.held(ColumnType.TEXT, text));
	}

	private static String utf16(String text) {
		byte[] units = new byte[2 * text.length()];
		for (int i = 0; i < text.length(); i++) {
			units[2 * i] = (byte) (text.charAt(i) >> Byte.SIZE);
			units[2 * i + 1] = (byte) text.charAt(i);
		}
		return new String(Base64.getEncoder().encode(units), StandardCharsets.ISO_8859_1);
	}

	private boolean isNatural(Map<?, ?> map) {
		for (Object key : map.keySet()) {
			if (!(key instanceof String name) || name.startsWith("$") || name.length() > MAX_KEY
					|| !held(name).equals(name)) {
				return false;
			}
		}
		return true;
	}

	private Special ofMap(Map<?, ?> map) {
		List<List<?>> pairs = new ArrayList<>();
		Map<String, @Nullable Object> plain = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			pairs.add(Arrays.asList(key, value));
			String name = held(TextForm.of(this.classes.serialized((key != null) ? key : "null")));
			plain.put((name.length() > MAX_KEY) ? held(name.substring(0, MAX_KEY)) : name, value);
		});
		return new Special(Tags.MAP, pairs, new PlainMap(plain));
	}

	private static @Nullable Special ofNumber(Number number) {
		if (number instanceof Integer) {
			return null;
		}
		String text = number.toString();
		if (number instanceof Double real) {
			boolean natural = Double.isFinite(real) && text.indexOf('E') < 0 && !text.equals("-0.0");
			return natural ? null : new Special(Tags.DOUBLE, text, Double.isFinite(real) ? decimal(text) : text);
		}
		if (number instanceof Long whole) {
			return (whole.intValue() != whole) ? null : new Special("$long", text, new PlainNumber(text));
		}
		if (number instanceof Float real) {
			return new Special("$float", text, Float.isFinite(real) ? decimal(text) : text);
		}
		if (number instanceof BigDecimal || number instanceof BigInteger) {
			return new Special((number instanceof BigDecimal) ? "$decimal" : "$biginteger", text, decimal(text));
		}
		return new Special((number instanceof Byte) ? "$byte" : "$short", text, new PlainNumber(text));
	}

	private static Object decimal(String text) {
		BigDecimal number = new BigDecimal(text);
		boolean small = number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
		return small ? new PlainNumber(number.toPlainString()) : text;
	}

	private Special ofOther(Object value) {
		if (value instanceof Enum<?> constant) {
			return new Special(Tags.ENUM, List.of(constant.getDeclaringClass().getName(), constant.name()),
					constant.name());
		}
		if (value instanceof byte[] bytes) {
			return Special.text(Tags.BYTES, Base64.getEncoder().encodeToString(bytes));
		}
		if (value instanceof Character character) {
			return new Special(Tags.CHAR, character.toString(), new PlainText(held(character.toString())));
		}
		if (value.getClass().isArray()) {
			return ofArray(value);
		}
		return Special.text(Tags.of(value.getClass()), value);
	}

	private static Special ofArray(Object array) {
		List<@Nullable Object> elements = new ArrayList<>(Array.getLength(array));
		for (int i = 0; i < Array.getLength(array); i++) {
			elements.add(Array.get(array, i));
		}
		return new Special(Tags.ARRAY, List.of(ArrayTypes.name(array.getClass().getComponentType()), elements),
				elements);
	}

	/** A map whose keys go into plain JSON as they are. */
	record PlainMap(Map<String, @Nullable Object> members) {

	}

}
