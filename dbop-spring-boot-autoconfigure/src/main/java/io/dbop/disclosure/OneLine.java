package io.dbop.disclosure;

import java.util.regex.Pattern;

/** Keeps text to one line of limited length, so that nobody can write lines of a log. */
final class OneLine {

	private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

	private OneLine() {
	}

	static String cut(CharSequence text, int maxLength) {
		if (text.length() <= maxLength) {
			return BREAKS.matcher(text).replaceAll(" ");
		}
		// Not between the halves of a character.
		int end = (maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1))) ? maxLength - 1 : maxLength;
		return BREAKS.matcher(text.subSequence(0, end)).replaceAll(" ") + "...";
	}

}
