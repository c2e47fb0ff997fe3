package io.dbop.entity.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The serializers of the application, by the class that they are for. */
final class Serializers {

	private final Map<Class<?>, EntitySerializer<?>> byClass = new LinkedHashMap<>();

	private final Map<String, EntitySerializer<?>> byName = new LinkedHashMap<>();

	Serializers(Collection<? extends EntitySerializer<?>> serializers) {
		for (EntitySerializer<?> serializer : serializers) {
			EntitySerializer<?> other = this.byClass.putIfAbsent(serializer.type(), serializer);
			if (other != null) {
				throw new IllegalArgumentException("There are two serializers for %s: %s and %s".formatted(
						serializer.type().getName(), other.getClass().getName(), serializer.getClass().getName()));
			}
			this.byName.put(serializer.type().getName(), serializer);
		}
	}

	Collection<EntitySerializer<?>> all() {
		return this.byClass.values();
	}

	/** For the class itself, its superclasses, then any interface of theirs. */
	@Nullable EntitySerializer<?> find(Class<?> type) {
		for (Class<?> known = type; known != null; known = known.getSuperclass()) {
			EntitySerializer<?> serializer = this.byClass.get(known);
			if (serializer != null) {
				return serializer;
			}
		}
		return this.byClass.values()
			.stream()
			.filter((serializer) -> serializer.type().isAssignableFrom(type))
			.findFirst()
			.orElse(null);
	}

	@SuppressWarnings("unchecked")
	static <T> Object serialize(EntitySerializer<T> serializer, Object value) {
		try {
			Object serialized = serializer.serialize((T) value);
			if (serialized != null) {
				return serialized;
			}
		}
		catch (RuntimeException ex) {
			throw failed(serializer, "serialize", ex);
		}
		throw failed(serializer, "serialize to anything but null", null);
	}

	/**
	 * The value of the application's, or what is given if it has no serializer for it.
	 */
	Object deserialize(String className, Object value) {
		EntitySerializer<?> serializer = this.byName.get(className);
		return (serializer != null) ? deserialize(serializer, value) : value;
	}

	static <T> T deserialize(EntitySerializer<T> serializer, Object value) {
		try {
			T deserialized = serializer.deserialize(value);
			if (deserialized != null) {
				return deserialized;
			}
		}
		catch (RuntimeException ex) {
			throw failed(serializer, "deserialize", ex);
		}
		throw failed(serializer, "deserialize to anything but null", null);
	}

	private static InvalidValueException failed(EntitySerializer<?> serializer, String task,
			@Nullable RuntimeException cause) {
		return new InvalidValueException("the serializer %s could not %s a value of %s"
			.formatted(serializer.getClass().getName(), task, serializer.type().getName()), cause);
	}

}
