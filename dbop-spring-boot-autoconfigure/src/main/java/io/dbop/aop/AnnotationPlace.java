package io.dbop.aop;

import java.lang.reflect.Method;

/**
 * Where an attribute stands, for messages.
 *
 * @param method the method that the annotation holds for
 * @param type the class that it is called on
 * @param annotation the annotation, with its at sign
 */
record AnnotationPlace(Method method, Class<?> type, String annotation) {

	String name() {
		return InvalidAnnotationException.name(this.method, this.type);
	}

	void check(boolean right, String attribute, Object value, String allowed) {
		if (!right) {
			throw wrong(attribute, value, allowed);
		}
	}

	InvalidAnnotationException wrong(String attribute, Object value, String allowed) {
		return InvalidAnnotationException.on(this.method, this.type,
				"%s(%s = %s) is not valid".formatted(this.annotation, attribute, value),
				"Allowed is %s.".formatted(allowed));
	}

}
