package io.dbop.sql;

import org.jspecify.annotations.Nullable;

/**
 * Whether a text can stand in parentheses as a condition and not end them, or hide what
 * follows.
 */
final class ConditionCheck {

	private final Lexer lexer;

	ConditionCheck(String condition, SqlSyntax syntax) {
		this.lexer = new Lexer(condition, syntax);
	}

	/** What is wrong, {@code null} if nothing is. */
	@Nullable String fault() {
		int depth = 0;
		for (Token token = this.lexer.next(); token != Token.END; token = this.lexer.next()) {
			if (this.lexer.open()) {
				return "something in it does not end";
			}
			if (token == Token.COMMENT) {
				return "it holds a comment";
			}
			if (token == Token.SEMICOLON) {
				return "it holds a semicolon";
			}
			depth += (token == Token.OPEN) ? 1 : (token == Token.CLOSE) ? -1 : 0;
			if (depth < 0) {
				return "it closes a parenthesis that it has not opened";
			}
		}
		return (depth == 0) ? null : "it opens a parenthesis that it does not close";
	}

}
