package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The tags of typed JSON: names of the only member of an object, that tell which value it
 * stands for. Makes values of what was read.
 */
final class Tags {

	static final String ARRAY = "$array";

	static final String BYTES = "$bytes";

	static final String CHAR = "$char";

	static final String CUSTOM = "$custom";

	static final String DOUBLE = "$double";

	static final String ENUM = "$enum";

	static final String JSON = "$json";

	static final String MAP = "$map";

	static final String SET = "$set";

	static final String UTF16 = "$utf16";

	private static final Map<String, Function<String, Object>> TEXTS = Map.ofEntries(Map.entry("$byte", Byte::valueOf),
			Map.entry("$short", Short::valueOf), Map.entry("$long", Long::valueOf), Map.entry("$float", Float::valueOf),
			Map.entry(DOUBLE, Double::valueOf), Map.entry("$biginteger", BigInteger::new),
			Map.entry("$decimal", BigDecimal::new), Map.entry(CHAR, (text) -> text.charAt(0)),
			Map.entry(BYTES, Base64.getDecoder()::decode), Map.entry(UTF16, Tags::utf16),
			Map.entry("$uuid", UUID::fromString), Map.entry("$date", LocalDate::parse),
			Map.entry("$time", LocalTime::parse), Map.entry("$datetime", LocalDateTime::parse),
			Map.entry("$instant", Instant::parse), Map.entry("$offsetdatetime", OffsetDateTime::parse),
			Map.entry("$zoneddatetime", ZonedDateTime::parse), Map.entry("$duration", Duration::parse));

	private static final Map<Class<?>, String> BY_CLASS = Map.of(UUID.class, "$uuid", LocalDate.class, "$date",
			LocalTime.class, "$time", LocalDateTime.class, "$datetime", Instant.class, "$instant", OffsetDateTime.class,
			"$offsetdatetime", ZonedDateTime.class, "$zoneddatetime", Duration.class, "$duration");

	private final Enums enums;

	private final ValueClasses classes;

	Tags(Enums enums, ValueClasses classes) {
		this.enums = enums;
		this.classes = classes;
	}

	/** The tag of a class whose values have a text of their own. */
	static String of(Class<?> type) {
		String tag = BY_CLASS.get(type);
		if (tag == null) {
			throw new InvalidValueException("values of %s cannot be held".formatted(type.getName()), null);
		}
		return tag;
	}

	/** The value that typed JSON stands for. */
	@Nullable Object value(@Nullable Object tree) {
		if (tree instanceof List<?> list) {
			return list(list);
		}
		if (!(tree instanceof Map<?, ?> map)) {
			return tree;
		}
		if (map.size() == 1) {
			Map.Entry<?, ?> only = map.entrySet().iterator().next();
			if (only.getKey() instanceof String tag && tag.startsWith("$")) {
				return tagged(tag, only.getValue());
			}
		}
		Map<Object, @Nullable Object> values = new LinkedHashMap<>();
		map.forEach((key, value) -> values.put(key, value(value)));
		return values;
	}

	private List<@Nullable Object> list(List<?> list) {
		List<@Nullable Object> values = new ArrayList<>(list.size());
		list.forEach((element) -> values.add(value(element)));
		return values;
	}

	private @Nullable Object tagged(String tag, @Nullable Object content) {
		Function<String, Object> ofText = TEXTS.get(tag);
		try {
			if (tag.equals(JSON)) {
				return value(JsonText.read((String) Objects.requireNonNull(content)));
			}
			if (ofText != null) {
				return ofText.apply((String) Objects.requireNonNull(value(content)));
			}
			return (content instanceof List<?> list) ? tagged(tag, list) : Map.of(tag, String.valueOf(content));
		}
		catch (InvalidValueException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new InvalidValueException("what the row holds as exact value is no %s".formatted(tag), null);
		}
	}

	private @Nullable Object tagged(String tag, List<?> content) {
		return switch (tag) {
			case SET -> set(content);
			case MAP -> map(content);
			case ARRAY -> ArrayTypes.array((String) content.get(0), list((List<?>) content.get(1)), this.enums);
			case ENUM -> this.enums.constant((String) content.get(0), (String) content.get(1));
			case CUSTOM -> custom((String) content.get(0), value(content.get(1)));
			default -> throw new IllegalArgumentException(tag);
		};
	}

	private @Nullable Object custom(String className, @Nullable Object value) {
		return (value != null) ? this.classes.deserialized(className, value) : null;
	}

	private Set<@Nullable Object> set(List<?> elements) {
		return elements.stream().map(this::value).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private Map<@Nullable Object, @Nullable Object> map(List<?> pairs) {
		Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
		for (Object pair : pairs) {
			List<?> entry = (List<?>) pair;
			map.put(value(entry.get(0)), value(entry.get(1)));
		}
		return map;
	}

	private static Object utf16(String base64) {
		byte[] units = Base64.getDecoder().decode(base64);
		StringBuilder text = new StringBuilder(units.length / 2);
		for (int i = 0; i < units.length; i += 2) {
			text.append((char) ((units[i] & 0xFF) << Byte.SIZE | (units[i + 1] & 0xFF)));
		}
		return text.toString();
	}

}
