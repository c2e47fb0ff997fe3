package io.dbop.sql;

import io.dbop.sql.SqlSyntax.Feature;

/**
 * Tells a text that reads only from one that may write, by its keywords. Not thread-safe.
 */
final class ReadOnlyCheck {

	private static final String[] NONE = {};

	private static final String[] WRITES_IN_QUERY = { "INTO" };

	private static final String[] WRITES_IN_WITH = { "INTO", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE" };

	/** {@code FINAL TABLE (UPDATE ...)} is a table that comes of writing. */
	private static final String[] DELTAS = { "FINAL", "NEW", "OLD" };

	private static final String[] RUNS_PLAN = { "ANALYZE", "ANALYSE" };

	private final String sql;

	private final SqlSyntax syntax;

	private final Lexer lexer;

	private boolean doubtful;

	ReadOnlyCheck(String sql, SqlSyntax syntax) {
		this.sql = sql;
		this.syntax = syntax;
		this.lexer = new Lexer(sql, syntax);
	}

	/** Whether there is a statement, and each of them reads. */
	boolean test() {
		boolean any = false;
		while (true) {
			Token token = nextPiece();
			while (token == Token.SEMICOLON || token == Token.OPEN) {
				token = nextPiece();
			}
			if (token == Token.END) {
				return any && !this.doubtful;
			}
			if (token != Token.WORD || !reads()) {
				return false;
			}
			any = true;
		}
	}

	/** Judges the statement that begins with the present word, and goes to its end. */
	private boolean reads() {
		return switch (this.lexer.end() - this.lexer.start()) {
			case 3 -> is("SET") && this.syntax.has(Feature.STATEMENT_SETTINGS) && readsWithSettings();
			case 4 -> (is("SHOW") || is("DESC")) ? without(NONE) : is("WITH") && without(WRITES_IN_WITH);
			case 5 -> is("TABLE") && without(WRITES_IN_QUERY);
			case 6 -> is("PRAGMA") ? readsPragma()
					: (is("SELECT") && without(WRITES_IN_QUERY)) || (is("VALUES") && without(NONE));
			case 7 -> is("EXPLAIN") && without(RUNS_PLAN);
			case 8 -> is("DESCRIBE") && without(RUNS_PLAN);
			default -> false;
		};
	}

	private boolean without(String[] words) {
		boolean maybeDelta = false;
		for (Token token = nextPiece(); token != Token.END && token != Token.SEMICOLON; token = nextPiece()) {
			if (token == Token.WORD && (isOneOf(words) || (maybeDelta && is("TABLE")))) {
				return false;
			}
			maybeDelta = token == Token.WORD && isOneOf(DELTAS);
		}
		return true;
	}

	/** {@code PRAGMA name = value} and {@code PRAGMA name(value)} set something. */
	private boolean readsPragma() {
		for (Token token = nextPiece(); token != Token.END && token != Token.SEMICOLON; token = nextPiece()) {
			if (token != Token.WORD && token != Token.DOT) {
				return false;
			}
		}
		return true;
	}

	/** {@code SET STATEMENT name=value, ... FOR statement}. */
	private boolean readsWithSettings() {
		if (nextPiece() != Token.WORD || !is("STATEMENT")) {
			return false;
		}
		for (Token token = nextPiece(); token != Token.END && token != Token.SEMICOLON; token = nextPiece()) {
			if (token == Token.WORD && is("FOR")) {
				return nextPiece() == Token.WORD && !is("SET") && reads();
			}
		}
		return false;
	}

	/** Goes on to what is neither a blank nor a comment. */
	private Token nextPiece() {
		Token token = this.lexer.next();
		while (token == Token.SPACE || token == Token.COMMENT) {
			this.doubtful |= token == Token.COMMENT && hidesSomething();
			token = this.lexer.next();
		}
		this.doubtful |= token == Token.STRING && mayEndElsewhere() || this.lexer.open();
		return token;
	}

	/** A server may execute it, or end it elsewhere. */
	private boolean hidesSomething() {
		int start = this.lexer.start();
		if (this.sql.charAt(start) != '/' || this.sql.charAt(start + 1) != '*') {
			return false;
		}
		int nested = this.sql.indexOf("/*", start + 2);
		return Comments.mayBeExecuted(this.sql, start) || (nested >= 0 && nested < this.lexer.end());
	}

	/** Whether backslashes escape is a setting of the server. */
	private boolean mayEndElsewhere() {
		for (int at = this.lexer.start() + 1; at < this.lexer.end() - 1; at++) {
			if (this.sql.charAt(at) == '\\') {
				char next = this.sql.charAt(at + 1);
				if (next == '\'' || next == '"') {
					return true;
				}
			}
		}
		return false;
	}

	private boolean isOneOf(String[] words) {
		for (String word : words) {
			if (is(word)) {
				return true;
			}
		}
		return false;
	}

	private boolean is(String word) {
		return Keywords.is(this.sql, this.lexer.start(), this.lexer.end(), word);
	}

}
