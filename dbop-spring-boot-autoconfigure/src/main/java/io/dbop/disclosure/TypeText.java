package io.dbop.disclosure;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Tells of a value what it is, and how big. */
final class TypeText {

	private TypeText() {
	}

	static String of(@Nullable Object value) {
		if (value == null) {
			return "null";
		}
		int size = size(value);
		Class<?> type = value.getClass();
		if (type.isArray()) {
			return name(type.getComponentType()) + "[" + size + "]";
		}
		return (size >= 0) ? name(type) + "(" + size + ")" : name(type);
	}

	private static String name(Class<?> type) {
		String simple = type.getSimpleName();
		return simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
	}

	private static int size(Object value) {
		if (value instanceof String text) {
			return text.length();
		}
		if (value.getClass().isArray()) {
			return Array.getLength(value);
		}
		if (!ofTheJdk(value)) {
			return -1;
		}
		if (value instanceof Collection<?> collection) {
			return collection.size();
		}
		return (value instanceof Map<?, ?> map) ? map.size() : -1;
	}

	/** Those of others may ask the database what is in them. */
	static boolean ofTheJdk(Object value) {
		return value.getClass().getName().startsWith("java.");
	}

}
