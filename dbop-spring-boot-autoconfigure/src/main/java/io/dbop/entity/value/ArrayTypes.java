package io.dbop.entity.value;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The types of the elements of arrays by name. An array of anything that is not simple
 * comes back as one of {@code Object}.
 */
final class ArrayTypes {

	private static final String DIMENSION = "[]";

	private static final String ENUM = Kind.ENUM.text + ":";

	private static final Map<String, Class<?>> BY_NAME = Stream
		.concat(Stream.of(boolean.class, byte.class, short.class, int.class, long.class, float.class, double.class,
				char.class),
				Stream.of(Kind.values()).filter((kind) -> kind != Kind.ENUM).map((kind) -> kind.javaType).distinct())
		.collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

	private ArrayTypes() {
	}

	static String name(Class<?> type) {
		if (type.isEnum()) {
			return ENUM + type.getName();
		}
		if (type.isArray() && type != byte[].class) {
			return name(type.getComponentType()) + DIMENSION;
		}
		return BY_NAME.containsKey(type.getName()) ? type.getName() : Object.class.getName();
	}

	private static Class<?> type(String name, Enums enums) {
		if (name.endsWith(DIMENSION)) {
			return type(name.substring(0, name.length() - DIMENSION.length()), enums).arrayType();
		}
		Optional<Class<?>> found = name.startsWith(ENUM) ? enums.find(name.substring(ENUM.length())) : Optional.empty();
		return found.orElseGet(() -> BY_NAME.getOrDefault(name, Object.class));
	}

	/** The array, of {@code Object} if an element has another type by now. */
	static Object array(String name, List<? extends @Nullable Object> elements, Enums enums) {
		try {
			return fill(Array.newInstance(type(name, enums), elements.size()), elements);
		}
		catch (IllegalArgumentException ex) {
			return elements.toArray();
		}
	}

	private static Object fill(Object array, List<? extends @Nullable Object> elements) {
		for (int i = 0; i < elements.size(); i++) {
			Array.set(array, i, elements.get(i));
		}
		return array;
	}

}
