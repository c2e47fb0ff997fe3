package io.dbop.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A property has a value that cannot work. The message names it, its value, and what is
 * allowed.
 */
final class InvalidPropertyException extends RuntimeException {

	private final String property;

	private final @Nullable Object value;

	private final String allowed;

	/**
	 * Creates the exception.
	 * @param property the whole name
	 * @param value the value as it may be shown, or {@code null} if it must not be, or if
	 * there is none
	 * @param allowed what would be right, as a sentence
	 */
	InvalidPropertyException(String property, @Nullable Object value, String allowed) {
		super("Property '%s'%s: %s".formatted(property, (value != null) ? " is '" + value + "'" : "", allowed));
		this.property = property;
		this.value = value;
		this.allowed = allowed;
	}

	String property() {
		return this.property;
	}

	@Nullable Object value() {
		return this.value;
	}

	String allowed() {
		return this.allowed;
	}

}
