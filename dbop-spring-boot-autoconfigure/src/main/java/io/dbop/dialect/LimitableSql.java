package io.dbop.dialect;

import java.util.Locale;
import java.util.Set;

/**
 * Tells the statements that may stand beside others in one text: single ones that read or
 * change rows. Those that a server runs only by themselves are none of them.
 */
final class LimitableSql {

	private static final Set<String> FIRST_WORDS = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH",
			"VALUES", "TABLE", "REPLACE");

	private static final int LONGEST = 7;

	private LimitableSql() {
	}

	/** In doubt, as when anything stands before the first word, it is not. */
	static boolean test(String sql) {
		int end = 0;
		while (end < sql.length() && end <= LONGEST && Character.isLetter(sql.charAt(end))) {
			end++;
		}
		return FIRST_WORDS.contains(sql.substring(0, end).toUpperCase(Locale.ROOT)) && sql.indexOf(';') < 0;
	}

}
