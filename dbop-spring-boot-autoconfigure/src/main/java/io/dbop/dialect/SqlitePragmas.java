package io.dbop.dialect;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the {@code PRAGMA}s of SQLite that set something on their connection. */
final class SqlitePragmas {

	private static final SessionSql PRAGMA = new SessionSql(Set.of("PRAGMA"), Set.of());

	/** A comment before may speak of others: the last is looked at. */
	private static final Pattern FORM = Pattern.compile(".*\\bPRAGMA\\s+(?:\\w+\\s*\\.\\s*)?(\\w+)\\s*(=|\\(|;|$).*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	/** What stands in parentheses is what they look at, and nothing that they set. */
	private static final Set<String> LOOK = Set.of("foreign_key_check", "foreign_key_list", "incremental_vacuum",
			"index_info", "index_list", "index_xinfo", "integrity_check", "optimize", "quick_check", "table_info",
			"table_list", "table_xinfo", "wal_checkpoint");

	private SqlitePragmas() {
	}

	static boolean set(String sql) {
		if (!PRAGMA.test(sql)) {
			return false;
		}
		Matcher form = FORM.matcher(sql);
		if (!form.matches()) {
			return true;
		}
		return switch (form.group(2)) {
			case "=" -> true;
			case "(" -> !LOOK.contains(form.group(1).toLowerCase(Locale.ROOT));
			default -> false;
		};
	}

}
