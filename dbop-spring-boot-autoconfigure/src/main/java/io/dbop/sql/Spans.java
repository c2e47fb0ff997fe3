package io.dbop.sql;

/**
 * Finds where literals, quoted identifiers and comments end: the offset behind them, or
 * -1 if they do not end.
 */
final class Spans {

	private Spans() {
	}

	/**
	 * A quote ends it; two are one that does not.
	 * @param backslash whether a backslash takes the next character with it
	 */
	static int endOfQuoted(String text, int start, boolean backslash) {
		char quote = text.charAt(start);
		int length = text.length();
		for (int at = start + 1; at < length; at++) {
			char c = text.charAt(at);
			if (c == quote) {
				if (at + 1 == length || text.charAt(at + 1) != quote) {
					return at + 1;
				}
				at++;
			}
			else if (c == '\\' && backslash) {
				at++;
			}
		}
		return -1;
	}

	/** A literal may go on in the next line, and keeps its escapes there. */
	static int endOfEscapeString(String text, int start) {
		int end = endOfQuoted(text, start, true);
		while (end > 0) {
			int next = Characters.endOfSpace(text, end);
			boolean goesOn = next < text.length() && text.charAt(next) == '\'' && hasLineBreak(text, end, next);
			if (!goesOn) {
				return end;
			}
			end = endOfQuoted(text, next, true);
		}
		return end;
	}

	private static boolean hasLineBreak(String text, int from, int to) {
		for (int at = from; at < to; at++) {
			if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
				return true;
			}
		}
		return false;
	}

	/**
	 * The line break is not part of the comment.
	 * @param byReturn whether a carriage return alone ends the line too
	 */
	static int endOfLine(String text, int start, boolean byReturn) {
		int at = start;
		while (at < text.length() && text.charAt(at) != '\n' && !(byReturn && text.charAt(at) == '\r')) {
			at++;
		}
		return at;
	}

	static int endOfBlockComment(String text, int start, boolean nested) {
		if (!nested) {
			int end = text.indexOf("*/", start + 2);
			return (end < 0) ? -1 : end + 2;
		}
		int depth = 1;
		for (int at = start + 2; at + 1 < text.length(); at++) {
			if (text.startsWith("*/", at)) {
				at++;
				if (--depth == 0) {
					return at + 1;
				}
			}
			else if (text.startsWith("/*", at)) {
				at++;
				depth++;
			}
		}
		return -1;
	}

	/**
	 * The offset behind the second dollar of {@code $$} or {@code $tag$}, or -1 if no
	 * literal begins here.
	 */
	static int endOfDollarTag(String text, int start, boolean tagged) {
		int at = start + 1;
		if (tagged && at < text.length() && Characters.isWordStart(text.charAt(at))) {
			at = Characters.endOfName(text, at);
		}
		return (at < text.length() && text.charAt(at) == '$') ? at + 1 : -1;
	}

	static int endOfDollarQuoted(String text, int start, int endOfTag) {
		String tag = text.substring(start, endOfTag);
		int end = text.indexOf(tag, endOfTag);
		return (end < 0) ? -1 : end + tag.length();
	}

}
