package io.dbop.entity;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A component of a record, or a property of a bean.
 *
 * @param name its name
 * @param type its type
 * @param reader the method that gives its value
 */
record ObjectProperty(String name, ResolvableType type, Method reader) {

	ObjectProperty {
		ReflectionUtils.makeAccessible(reader);
	}

	@Nullable Object of(Object object) {
		return ReflectionUtils.invokeMethod(this.reader, object);
	}

}
