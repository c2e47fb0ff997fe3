package io.dbop.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Texts as every database holds them: PostgreSQL takes no NUL, and half a surrogate pair
 * has no encoding.
 */
final class HeldTexts {

	/** What a key may have, so that every database can index it. */
	static final int MAX_KEY = 255;

	private static final char REPLACEMENT = '\uFFFD';

	private HeldTexts() {
	}

	/** The text, with U+FFFD for what cannot be held. */
	static String of(String text) {
		int i = 0;
		while (i < text.length()) {
			char c = text.charAt(i);
			if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i))) {
				return replaced(text, i);
			}
			i += Character.isSurrogate(c) ? 2 : 1;
		}
		return text;
	}

	private static String replaced(String text, int first) {
		StringBuilder held = new StringBuilder(text.length()).append(text, 0, first);
		int i = first;
		while (i < text.length()) {
			char c = text.charAt(i);
			if (isPair(text, i)) {
				held.append(c).append(text.charAt(i + 1));
				i += 2;
				continue;
			}
			held.append((c == 0 || Character.isSurrogate(c)) ? REPLACEMENT : c);
			i++;
		}
		return held.toString();
	}

	private static boolean isPair(String text, int index) {
		return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
	}

	/** The key itself, {@code null} if it would not be found again by it. */
	static @Nullable String key(String text) {
		boolean fits = text.length() <= MAX_KEY || text.codePointCount(0, text.length()) <= MAX_KEY;
		return (fits && of(text).equals(text)) ? text : null;
	}

}
