package io.dbop.entity.value;

import org.jspecify.annotations.Nullable;

/**
 * A value that an entity cannot hold, or cannot give back. The message tells its type,
 * never the value.
 */
public final class InvalidValueException extends IllegalArgumentException {

	private final String place;

	private final String reason;

	InvalidValueException(String reason, @Nullable Throwable cause) {
		this("A value: ", reason, cause);
	}

	private InvalidValueException(String place, String reason, @Nullable Throwable cause) {
		super(place + reason, cause);
		this.place = place;
		this.reason = reason;
	}

	/**
	 * What is wrong with the value.
	 * @return words without the value
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * The same, where what cannot be given back has been saved before.
	 * @return an exception that says so
	 */
	public InvalidValueException afterSave() {
		return new InvalidValueException("What was saved is there, but cannot be given back. " + this.place,
				this.reason, this);
	}

	/**
	 * The same, where the place of the value is known.
	 * @param field the name of the field
	 * @return an exception that names it
	 */
	public InvalidValueException inField(String field) {
		return new InvalidValueException("The field '%s': ".formatted(field), this.reason, this);
	}

}
