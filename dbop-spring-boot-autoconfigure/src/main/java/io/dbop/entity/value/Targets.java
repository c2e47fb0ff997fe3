package io.dbop.entity.value;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import org.springframework.core.CollectionFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Turns values of fields into those of the Java types that properties declare. What a
 * field gives is right already where types are simple; collections get the elements that
 * they are declared with. Thread-safe.
 */
final class Targets {

	private final ValueClasses classes;

	Targets(ValueClasses classes) {
		this.classes = classes;
	}

	@Nullable Object value(ResolvableType type, @Nullable Object value) {
		Class<?> declared = type.resolve(Object.class);
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(declared);
		if (raw.getName().startsWith(Optional.class.getName())) {
			return optional(raw, type, value);
		}
		if (value == null) {
			return declared.isPrimitive() ? Array.get(Array.newInstance(declared, 1), 0) : null;
		}
		Object whole = container(raw, type, value);
		if (whole != null) {
			return whole;
		}
		if (raw.isInstance(value)) {
			return value;
		}
		Object number = (value instanceof Number given) ? number(raw, given) : null;
		return (number != null) ? number : this.classes.as(type, value);
	}

	private @Nullable Object optional(Class<?> raw, ResolvableType type, @Nullable Object value) {
		if (raw == OptionalInt.class) {
			Object number = value(ResolvableType.forClass(Integer.class), value);
			return (number != null) ? OptionalInt.of((Integer) number) : OptionalInt.empty();
		}
		if (raw == OptionalLong.class) {
			Object number = value(ResolvableType.forClass(Long.class), value);
			return (number != null) ? OptionalLong.of((Long) number) : OptionalLong.empty();
		}
		if (raw == OptionalDouble.class) {
			Object number = value(ResolvableType.forClass(Double.class), value);
			return (number != null) ? OptionalDouble.of((Double) number) : OptionalDouble.empty();
		}
		return Optional.ofNullable(value(type.getGeneric(0), value));
	}

	/** {@code null} if it is none. */
	private @Nullable Object container(Class<?> raw, ResolvableType type, Object value) {
		if (Map.class.isAssignableFrom(raw) && value instanceof Map<?, ?> map) {
			return map(raw, type.asMap(), map);
		}
		Collection<?> elements = (value instanceof Collection<?> collection) ? collection : elements(value);
		if (elements == null) {
			return null;
		}
		if (Iterable.class.isAssignableFrom(raw) && raw != Iterable.class) {
			return collection(raw, type.asCollection().getGeneric(0), elements);
		}
		return raw.isArray() ? array(type.getComponentType(), elements) : null;
	}

	private static @Nullable Collection<?> elements(Object value) {
		return (value instanceof Object[] array) ? Arrays.asList(array) : null;
	}

	private Object collection(Class<?> raw, ResolvableType element, Collection<?> elements) {
		Collection<@Nullable Object> collection = CollectionFactory.createCollection(raw, element.resolve(Object.class),
				elements.size());
		elements.forEach((each) -> collection.add(value(element, each)));
		return collection;
	}

	private Object map(Class<?> raw, ResolvableType type, Map<?, ?> entries) {
		ResolvableType key = type.getGeneric(0);
		ResolvableType value = type.getGeneric(1);
		Map<@Nullable Object, @Nullable Object> map = CollectionFactory.createMap(raw, key.resolve(Object.class),
				entries.size());
		entries.forEach((name, each) -> map.put(value(key, name), value(value, each)));
		return map;
	}

	private Object array(ResolvableType component, Collection<?> elements) {
		Object array = Array.newInstance(component.resolve(Object.class), elements.size());
		int i = 0;
		for (Object element : elements) {
			Array.set(array, i++, value(component, element));
		}
		return array;
	}

	/** {@code null} if it is no type of numbers. */
	private static @Nullable Object number(Class<?> raw, Number value) {
		if (raw == Double.class) {
			return value.doubleValue();
		}
		if (raw == Float.class) {
			float held = value.floatValue();
			if (Float.isInfinite(held) && Double.isFinite(value.doubleValue())) {
				throw unfit(raw, value);
			}
			return held;
		}
		try {
			return whole(raw, value);
		}
		catch (ArithmeticException | NumberFormatException ex) {
			throw unfit(raw, value);
		}
	}

	private static InvalidValueException unfit(Class<?> raw, Number value) {
		return new InvalidValueException(
				"a %s does not fit into %s".formatted(value.getClass().getName(), raw.getName()), null);
	}

	private static @Nullable Object whole(Class<?> raw, Number value) {
		BigDecimal exact = new BigDecimal(value.toString());
		if (raw == Long.class) {
			return exact.longValueExact();
		}
		if (raw == Integer.class) {
			return exact.intValueExact();
		}
		if (raw == Short.class) {
			return exact.shortValueExact();
		}
		if (raw == Byte.class) {
			return exact.byteValueExact();
		}
		if (raw == BigInteger.class) {
			return exact.toBigIntegerExact();
		}
		return (raw == BigDecimal.class) ? exact : null;
	}

}
