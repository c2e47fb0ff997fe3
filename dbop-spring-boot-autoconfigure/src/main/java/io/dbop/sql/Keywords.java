package io.dbop.sql;

import java.util.Locale;
import java.util.Set;

/**
 * The words that are no operand, so that what follows them in brackets is no subscript.
 */
final class Keywords {

	/** Those that no column can be called without quotes. */
	private static final Set<String> RESERVED = Set.of("ALL", "ANALYSE", "ANALYZE", "AND", "ANY", "AS", "ASC",
			"ASYMMETRIC", "BETWEEN", "BOTH", "CASE", "CAST", "CHECK", "COLLATE", "COLUMN", "CONSTRAINT", "CREATE",
			"CROSS", "DEFAULT", "DESC", "DISTINCT", "DO", "ELSE", "END", "EXCEPT", "FALSE", "FETCH", "FOR", "FOREIGN",
			"FROM", "FULL", "GRANT", "GROUP", "HAVING", "ILIKE", "IN", "INNER", "INTERSECT", "INTO", "IS", "JOIN",
			"LATERAL", "LEADING", "LEFT", "LIKE", "LIMIT", "NATURAL", "NOT", "NULL", "OFFSET", "ON", "ONLY", "OR",
			"ORDER", "OUTER", "PLACING", "PRIMARY", "REFERENCES", "RETURNING", "RIGHT", "SELECT", "SIMILAR", "SOME",
			"SYMMETRIC", "TABLE", "THEN", "TO", "TRAILING", "TRUE", "UNION", "UNIQUE", "USING", "VARIADIC", "WHEN",
			"WHERE", "WINDOW", "WITH");

	/** Those that begin something, and might be the name of a column all the same. */
	private static final Set<String> CLAUSES = Set.of("ADD", "ALTER", "BY", "CALL", "CASCADE", "CLOSE", "CLUSTER",
			"CONFLICT", "COPY", "CURSOR", "DATABASE", "DEALLOCATE", "DECLARE", "DELETE", "DOMAIN", "DROP", "ESCAPE",
			"EXCLUDE", "EXECUTE", "EXISTS", "EXPLAIN", "EXTENSION", "FUNCTION", "IF", "INDEX", "INSERT", "KEY",
			"LISTEN", "LOCK", "MERGE", "NOTIFY", "OF", "OVER", "OWNER", "PARTITION", "POLICY", "PREPARE", "PROCEDURE",
			"QUALIFY", "RECURSIVE", "RELEASE", "RENAME", "REPLACE", "RETURN", "ROLE", "ROWS", "RULE", "SAVEPOINT",
			"SCHEMA", "SEQUENCE", "SET", "TABLESPACE", "TRIGGER", "TRUNCATE", "TYPE", "UPDATE", "USE", "USER", "VACUUM",
			"VALUES", "VIEW");

	private Keywords() {
	}

	static boolean isReserved(String text, int start, int end) {
		return RESERVED.contains(upperCase(text, start, end));
	}

	static boolean isClause(String text, int start, int end) {
		return CLAUSES.contains(upperCase(text, start, end));
	}

	static boolean is(String text, int start, int end, String word) {
		return end - start == word.length() && text.regionMatches(true, start, word, 0, word.length());
	}

	private static String upperCase(String text, int start, int end) {
		// none of them is longer, and a word may be as long as the text
		return (end - start > 12) ? "" : text.substring(start, end).toUpperCase(Locale.ROOT);
	}

}
