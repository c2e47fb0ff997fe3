package io.dbop.entity.value;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Finds the constants of enums by their names. A class of that name is not initialized
 * before it is known to be an enum.
 */
final class Enums {

	private static final int LIMIT = 10_000;

	private final Map<String, Optional<Class<?>>> classes = new ConcurrentHashMap<>();

	private final @Nullable ClassLoader loader = ClassUtils.getDefaultClassLoader();

	/** The constant, or its name if there is no such enum or constant any more. */
	Object constant(String className, String name) {
		Optional<Class<?>> type = this.classes.get(className);
		if (type == null) {
			type = find(className);
			if (this.classes.size() < LIMIT) {
				this.classes.put(className, type);
			}
		}
		return type.isPresent() ? constant(type.get(), name) : name;
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static Object constant(Class<?> type, String name) {
		try {
			return Enum.valueOf((Class) type, name);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

	Optional<Class<?>> find(String className) {
		try {
			Class<?> type = Class.forName(className, false, this.loader);
			return type.isEnum() ? Optional.of(type) : Optional.empty();
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return Optional.empty();
		}
	}

}
