package io.dbop.pool;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a statement, for the log of slow statements. It tells nothing in its
 * {@link #toString()}.
 *
 * @param name its name, or {@code null} if it has only a place
 * @param value its value
 */
public record StatementParameter(@Nullable String name, @Nullable Object value) {

	@Override
	public String toString() {
		return "StatementParameter[" + this.name + "]";
	}

}
