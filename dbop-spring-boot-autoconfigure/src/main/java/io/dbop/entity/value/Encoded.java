package io.dbop.entity.value;

import org.jspecify.annotations.Nullable;

/**
 * A value as a row holds it.
 *
 * @param column what goes into the column of the field: the nearest that it can hold, of
 * the Java type of its kind
 * @param exact the value itself as typed JSON, or {@code null} if the column says all
 */
public record Encoded(@Nullable Object column, @Nullable String exact) {

	static final Encoded NOTHING = new Encoded(null, null);

}
