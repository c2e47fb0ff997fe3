package io.dbop.entity.value;

/**
 * Turns values of a type of the application's own into values that entities can hold, and
 * back: fields of that type, and wherever such a value stands within maps, lists and
 * beans. Serves the type and what is derived from it. Has to be thread-safe.
 * <p>
 * What it throws fails the operation.
 *
 * @param <T> the type
 */
public interface EntitySerializer<T> {

	/**
	 * The type.
	 * @return the class, by whose name values are read again
	 */
	Class<T> type();

	/**
	 * Turns a value into one that entities can hold.
	 * @param value the value
	 * @return a value of a type that needs no serializer, such as a {@code String} or a
	 * {@code Map}
	 */
	Object serialize(T value);

	/**
	 * Turns it back.
	 * @param value what {@link #serialize} gave
	 * @return the value
	 */
	T deserialize(Object value);

}
