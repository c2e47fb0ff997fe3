package io.dbop.sql;

/**
 * What characters are to SQL.
 */
final class Characters {

	private Characters() {
	}

	static boolean isSpace(char c) {
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/** Whether a word may begin with it. */
	static boolean isWordStart(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
	}

	/** Whether a name of ours may go on with it. */
	static boolean isNamePart(char c) {
		return isWordStart(c) || isDigit(c);
	}

	/** Whether a word of the database may go on with it. */
	static boolean isWordPart(char c) {
		return isNamePart(c) || c == '$';
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
