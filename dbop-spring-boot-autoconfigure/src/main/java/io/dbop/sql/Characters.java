package io.dbop.sql;

/**
 * What characters are to SQL.
 */
final class Characters {

	private static final byte SPACE = 1;

	private static final byte DIGIT = 2;

	private static final byte LETTER = 4;

	private static final byte DOLLAR = 8;

	private static final byte[] KINDS = kinds();

	private Characters() {
	}

	private static byte[] kinds() {
		byte[] kinds = new byte[128];
		for (char c = 0; c < kinds.length; c++) {
			if (c == ' ' || (c >= '\t' && c <= '\r')) {
				kinds[c] = SPACE;
			}
			else if (c >= '0' && c <= '9') {
				kinds[c] = DIGIT;
			}
			else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
				kinds[c] = LETTER;
			}
		}
		kinds['$'] = DOLLAR;
		return kinds;
	}

	private static boolean is(char c, int kinds) {
		return ((c < 128) ? KINDS[c] & kinds : LETTER & kinds) != 0;
	}

	static boolean isSpace(char c) {
		return is(c, SPACE);
	}

	static boolean isDigit(char c) {
		return is(c, DIGIT);
	}

	/** Whether a word may begin with it. */
	static boolean isWordStart(char c) {
		return is(c, LETTER);
	}

	/** Whether a name of ours may go on with it. */
	static boolean isNamePart(char c) {
		return is(c, LETTER | DIGIT);
	}

	/** Whether a word of the database may go on with it. */
	static boolean isWordPart(char c) {
		return is(c, LETTER | DIGIT | DOLLAR);
	}

	static int endOfName(String text, int from) {
		int at = from;
		while (at < text.length() && isNamePart(text.charAt(at))) {
			at++;
		}
		return at;
	}

	static int endOfWord(String text, int from) {
		int at = from;
		while (at < text.length() && isWordPart(text.charAt(at))) {
			at++;
		}
		return at;
	}

	static int endOfDigits(String text, int from) {
		int at = from;
		while (at < text.length() && isDigit(text.charAt(at))) {
			at++;
		}
		return at;
	}

	static int endOfSpace(String text, int from) {
		int at = from;
		while (at < text.length() && isSpace(text.charAt(at))) {
			at++;
		}
		return at;
	}

}
