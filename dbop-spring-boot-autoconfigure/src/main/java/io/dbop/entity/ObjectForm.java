package io.dbop.entity;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * What objects of a class are made of: a record of its components, a bean of the
 * properties that can be read and written. Immutable.
 *
 * @param properties the components or properties
 * @param maker makes an object of values in the same order
 * @param <T> the class
 */
record ObjectForm<T>(List<ObjectProperty> properties, Maker<T> maker) {

	/**
	 * Looks at a class.
	 * @throws InvalidEntityException if it is neither a record nor such a bean
	 */
	static <T> ObjectForm<T> of(Class<T> type) {
		return type.isRecord() ? ofRecord(type) : ofBean(type);
	}

	private static <T> ObjectForm<T> ofRecord(Class<T> type) {
		RecordComponent[] components = type.getRecordComponents();
		List<ObjectProperty> properties = Arrays.stream(components)
			.map((component) -> new ObjectProperty(component.getName(),
					ResolvableType.forMethodReturnType(component.getAccessor(), type), component.getAccessor()))
			.toList();
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		Constructor<T> constructor = constructor(type, types);
		return new ObjectForm<>(properties, (values) -> BeanUtils.instantiateClass(constructor, values));
	}

	private static <T> ObjectForm<T> ofBean(Class<T> type) {
		Constructor<T> constructor = constructor(type);
		List<ObjectProperty> properties = new ArrayList<>();
		List<Method> writers = new ArrayList<>();
		for (PropertyDescriptor descriptor : BeanUtils.getPropertyDescriptors(type)) {
			Method reader = descriptor.getReadMethod();
			Method writer = descriptor.getWriteMethod();
			if (reader != null && writer != null) {
				properties.add(new ObjectProperty(descriptor.getName(),
						ResolvableType.forMethodReturnType(reader, type), reader));
				ReflectionUtils.makeAccessible(writer);
				writers.add(writer);
			}
		}
		return new ObjectForm<>(properties, (values) -> {
			T bean = BeanUtils.instantiateClass(constructor);
			for (int i = 0; i < writers.size(); i++) {
				ReflectionUtils.invokeMethod(writers.get(i), Objects.requireNonNull(bean), values[i]);
			}
			return bean;
		});
	}

	private static <T> Constructor<T> constructor(Class<T> type, Class<?>... parameters) {
		try {
			return type.getDeclaredConstructor(parameters);
		}
		catch (NoSuchMethodException ex) {
			throw new InvalidEntityException(
					"Objects of %s cannot be entities: it is neither a record nor a class with a constructor without parameters."
						.formatted(type.getName()));
		}
	}

	/**
	 * Makes objects.
	 *
	 * @param <T> their class
	 */
	@FunctionalInterface
	interface Maker<T> {

		T of(@Nullable Object[] values);

	}

}
