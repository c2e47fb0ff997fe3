package io.dbop.entity;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Calendar;
import java.util.Date;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A component of a record, or a property of a bean.
 *
 * @param name its name
 * @param type its type
 * @param reader the method that gives its value
 * @param system what it tells of its entity, {@code null} if it is a field
 */
record ObjectProperty(String name, ResolvableType type, Method reader, @Nullable SystemProperty system) {

	ObjectProperty(String name, ResolvableType type, Method reader) {
		this(name, type, reader, SystemProperty.named(name));
		ReflectionUtils.makeAccessible(reader);
	}

	@Nullable Object of(Object object) {
		return ReflectionUtils.invokeMethod(this.reader, object);
	}

	/**
	 * Whether an object may tell another value than its row has: a primitive has one in
	 * place of none, and a date has milliseconds.
	 */
	boolean mayDiffer(Object object) {
		Class<?> declared = this.type.resolve(Object.class);
		return Date.class.isAssignableFrom(declared) || Calendar.class.isAssignableFrom(declared)
				|| (declared.isPrimitive() && Array.get(Array.newInstance(declared, 1), 0).equals(of(object)));
	}

}
