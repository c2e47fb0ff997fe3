package io.dbop.dialect;

import java.util.Locale;
import java.util.Set;

/**
 * Tells the statements that change a setting of their session, from the words that they
 * begin with: SET, unless a certain word follows, and some others.
 */
final class SessionSql {

	private static final int LONGEST = 11;

	private final Set<String> others;

	private final Set<String> harmless;

	/**
	 * Creates a test.
	 * @param others words besides SET
	 * @param harmless what may follow SET without consequences for the session
	 */
	SessionSql(Set<String> others, Set<String> harmless) {
		this.others = others;
		this.harmless = harmless;
	}

	boolean test(String sql) {
		int start = start(sql);
		if (start >= sql.length()) {
			return false;
		}
		if (sql.charAt(start) == '/') {
			return true;
		}
		if (!mayBegin(sql, start)) {
			return false;
		}
		String first = word(sql, start);
		if (!first.equals("SET")) {
			return this.others.contains(first);
		}
		return !this.harmless.contains(word(sql, skipBlanks(sql, start + first.length())));
	}

	/** Most statements are told apart by two letters, and cost nothing more. */
	private boolean mayBegin(String sql, int start) {
		char letter = Character.toUpperCase(sql.charAt(start));
		if (letter == 'S') {
			return sql.regionMatches(true, start, "SET", 0, 3);
		}
		return letter == 'R' || letter == 'D' || letter == 'U' || letter == 'P';
	}

	/** Where it begins, which a comment may that the database executes. */
	private static int start(String sql) {
		int at = skipBlanks(sql, 0);
		while (comments(sql, at)) {
			boolean block = sql.startsWith("/*", at);
			String end = block ? "*/" : "\n";
			int found = sql.indexOf(end, block ? at + 2 : at + 1);
			if (found < 0) {
				return sql.length();
			}
			at = skipBlanks(sql, found + end.length());
		}
		return at;
	}

	private static boolean comments(String sql, int at) {
		boolean executed = sql.startsWith("/*!", at) || sql.startsWith("/*M!", at);
		return !executed && (sql.startsWith("/*", at) || sql.startsWith("--", at) || sql.startsWith("#", at));
	}

	private static int skipBlanks(String sql, int from) {
		int at = from;
		while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
			at++;
		}
		return at;
	}

	private static String word(String sql, int start) {
		int end = start;
		while (end < sql.length() && end - start <= LONGEST && Character.isLetter(sql.charAt(end))) {
			end++;
		}
		return sql.substring(start, end).toUpperCase(Locale.ROOT);
	}

}
