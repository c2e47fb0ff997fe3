package io.dbop.entity.value;

import org.jspecify.annotations.Nullable;

/**
 * A value that JSON has no form of its own for.
 *
 * @param tag the name of the only member of the object that stands for it in typed JSON
 * @param typed what that member holds
 * @param plain what stands for it in plain JSON
 */
record Special(String tag, Object typed, @Nullable Object plain) {

	static Special text(String tag, Object value) {
		return new Special(tag, value.toString(), value.toString());
	}

	/** A number that goes into plain JSON as it is. */
	record PlainNumber(String text) {

	}

	/** A text that goes into plain JSON as it is. */
	record PlainText(String text) {

	}

}
