package io.dbop.dialect;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * A public method of a driver's class found by name: the driver need not be there, and
 * may be that of another class loader. Thread-safe.
 */
final class DriverMethod extends ClassValue<@Nullable Method> {

	private final String type;

	private final String name;

	private final Class<?>[] parameters;

	DriverMethod(String type, String name, Class<?>... parameters) {
		this.type = type;
		this.name = name;
		this.parameters = parameters;
	}

	/** Nothing of another class, or if this version of it has no such method. */
	@Override
	protected @Nullable Method computeValue(Class<?> candidate) {
		try {
			return candidate.getName().equals(this.type) ? candidate.getMethod(this.name, this.parameters) : null;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

}
