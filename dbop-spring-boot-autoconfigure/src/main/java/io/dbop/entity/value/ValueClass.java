package io.dbop.entity.value;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the values of a class.
 *
 * @param type their type, {@code null} if it is only known of what they are turned into
 * @param canonical turns them into the one Java type that stands for theirs
 * @param serializer what the application turns them into others with
 */
record ValueClass(@Nullable FieldType type, Function<Object, @Nullable Object> canonical,
		@Nullable EntitySerializer<?> serializer) {

	static ValueClass of(Kind kind) {
		return of(kind, (value) -> value);
	}

	static ValueClass of(Kind kind, Function<Object, @Nullable Object> canonical) {
		return new ValueClass(FieldType.of(kind), canonical, null);
	}

	static ValueClass ofEnum(Class<?> type) {
		return new ValueClass(FieldType.ofEnum(type.getName()), (value) -> value, null);
	}

	/** Of something that stands for something else. */
	static ValueClass unwrapped(Function<Object, @Nullable Object> canonical) {
		return new ValueClass(null, canonical, null);
	}

}
