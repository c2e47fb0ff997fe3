package io.dbop.dialect;

/**
 * Tells statements that read from those that may write, by their keywords and without
 * allocating. Words inside literals, quotes and comments count too: that errs on the safe
 * side.
 */
final class ReadOnlySql {

	private static final String[] WRITES_IN_QUERY = { "INTO" };

	private static final String[] WRITES_IN_WITH = { "INTO", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE" };

	private static final String[] RUNS_PLAN = { "ANALYZE", "ANALYSE" };

	private ReadOnlySql() {
	}

	static boolean test(String sql) {
		int start = skipToKeyword(sql);
		if (start < 0 || start >= sql.length()) {
			return false;
		}
		int end = wordEnd(sql, start);
		return switch (end - start) {
			case 4 -> (is(sql, start, end, "SHOW") || is(sql, start, end, "DESC")) && single(sql, end)
					|| is(sql, start, end, "WITH") && without(sql, end, WRITES_IN_WITH);
			case 5 -> is(sql, start, end, "TABLE") && without(sql, end, WRITES_IN_QUERY);
			case 6 -> is(sql, start, end, "SELECT") && without(sql, end, WRITES_IN_QUERY)
					|| is(sql, start, end, "VALUES") && single(sql, end) || is(sql, start, end, "PRAGMA")
							&& single(sql, end) && sql.indexOf('=', end) < 0 && sql.indexOf('(', end) < 0;
			case 7 -> is(sql, start, end, "EXPLAIN") && without(sql, end, RUNS_PLAN);
			case 8 -> is(sql, start, end, "DESCRIBE") && without(sql, end, RUNS_PLAN);
			default -> false;
		};
	}

	/**
	 * The position of the first word, or -1 where something stands before it that may
	 * hide a statement: comments that a server executes, or nested ones.
	 */
	private static int skipToKeyword(String sql) {
		int at = 0;
		while (at < sql.length()) {
			char c = sql.charAt(at);
			if (Character.isWhitespace(c) || c == '(') {
				at++;
			}
			else if (sql.startsWith("--", at)) {
				int end = sql.indexOf('\n', at);
				at = (end < 0) ? sql.length() : end + 1;
			}
			else if (sql.startsWith("/*", at)) {
				at = skipComment(sql, at);
				if (at < 0) {
					return -1;
				}
			}
			else {
				return at;
			}
		}
		return at;
	}

	private static int skipComment(String sql, int start) {
		int end = sql.indexOf("*/", start + 2);
		int nested = sql.indexOf("/*", start + 2);
		boolean executed = sql.startsWith("!", start + 2) || sql.startsWith("M!", start + 2);
		return (end < 0 || executed || (nested >= 0 && nested < end)) ? -1 : end + 2;
	}

	/** Whether no second statement follows, and no comment that a server executes. */
	private static boolean single(String sql, int from) {
		int semicolon = sql.indexOf(';', from);
		for (int i = semicolon + 1; semicolon >= 0 && i < sql.length(); i++) {
			if (!Character.isWhitespace(sql.charAt(i))) {
				return false;
			}
		}
		return sql.indexOf("/*!", from) < 0 && sql.indexOf("/*M!", from) < 0;
	}

	private static boolean without(String sql, int from, String[] words) {
		int at = from;
		while (at < sql.length()) {
			if (!isWordPart(sql.charAt(at))) {
				at++;
				continue;
			}
			int end = wordEnd(sql, at);
			for (String word : words) {
				if (is(sql, at, end, word)) {
					return false;
				}
			}
			at = end;
		}
		return single(sql, from);
	}

	private static boolean is(String sql, int start, int end, String word) {
		return end - start == word.length() && sql.regionMatches(true, start, word, 0, word.length());
	}

	private static int wordEnd(String sql, int start) {
		int end = start;
		while (end < sql.length() && isWordPart(sql.charAt(end))) {
			end++;
		}
		return end;
	}

	private static boolean isWordPart(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c > 127;
	}

}
