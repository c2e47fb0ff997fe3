package io.dbop.aop;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * An annotation of dbop stands where it cannot work, or asks for what cannot be. Raised
 * while the application starts.
 */
public final class InvalidAnnotationException extends RuntimeException {

	private final String place;

	private final String action;

	InvalidAnnotationException(String place, String problem, String action, @Nullable Throwable cause) {
		super("%s: %s".formatted(place, problem), cause);
		this.place = place;
		this.action = action;
	}

	static InvalidAnnotationException on(Method method, Class<?> type, String problem, String action) {
		return new InvalidAnnotationException(name(method, type), problem, action, null);
	}

	static String name(Method method, Class<?> type) {
		return ClassUtils.getUserClass(type).getName() + "." + method.getName();
	}

	/**
	 * The class or method concerned.
	 * @return its name
	 */
	public String place() {
		return this.place;
	}

	/**
	 * What to do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
