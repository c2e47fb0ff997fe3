package io.dbop.sql;

import org.jspecify.annotations.Nullable;

/**
 * A name in brackets.
 *
 * @param name the name itself
 * @param end the offset behind the closing bracket
 */
record BracketedName(String name, int end) {

	/**
	 * Reads a name.
	 * @param start the offset of the opening bracket
	 * @param doubled whether {@code ]]} is a bracket within the name
	 * @return the name, or {@code null} if it does not end
	 */
	static @Nullable BracketedName at(String text, int start, boolean doubled) {
		int end = text.indexOf(']', start + 1);
		if (!doubled) {
			return (end < 0) ? null : new BracketedName(text.substring(start + 1, end), end + 1);
		}
		while (end >= 0 && text.startsWith("]", end + 1)) {
			end = text.indexOf(']', end + 2);
		}
		return (end < 0) ? null : new BracketedName(text.substring(start + 1, end).replace("]]", "]"), end + 1);
	}

}
