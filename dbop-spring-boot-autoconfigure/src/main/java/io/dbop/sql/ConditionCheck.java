package io.dbop.sql;

import org.jspecify.annotations.Nullable;

/**
 * Whether a text can stand in parentheses as a condition and not end them, or hide what
 * follows. Names in brackets are read as their translation reads them: what stands in one
 * is no SQL.
 */
final class ConditionCheck {

	private static final String ENDLESS = "something in it does not end";

	private final String condition;

	private final Lexer lexer;

	private final Surroundings surroundings;

	ConditionCheck(String condition, SqlSyntax syntax) {
		this.condition = condition;
		this.lexer = new Lexer(condition, syntax);
		this.surroundings = new Surroundings(condition, syntax);
	}

	/** What is wrong, {@code null} if nothing is. */
	@Nullable String fault() {
		int depth = 0;
		for (Token token = this.lexer.next(); token != Token.END; token = this.lexer.next()) {
			String fault = fault(token);
			if (fault != null) {
				return fault;
			}
			depth += (token == Token.OPEN) ? 1 : (token == Token.CLOSE) ? -1 : 0;
			if (depth < 0) {
				return "it closes a parenthesis that it has not opened";
			}
		}
		return (depth == 0) ? null : "it opens a parenthesis that it does not close";
	}

	private @Nullable String fault(Token token) {
		if (this.lexer.open()) {
			return ENDLESS;
		}
		switch (token) {
			case COMMENT -> {
				return "it holds a comment";
			}
			case SEMICOLON -> {
				return "it holds a semicolon";
			}
			case OPEN_BRACKET -> {
				return faultOfBracket(this.lexer.start());
			}
			case SPACE -> this.surroundings.separate();
			default -> this.surroundings.pass(token, this.lexer.start(), this.lexer.end());
		}
		return null;
	}

	private @Nullable String faultOfBracket(int start) {
		Bracket bracket = this.surroundings.bracketAt(start);
		if (bracket != Bracket.NAME) {
			this.surroundings.open(bracket, start);
			return null;
		}
		BracketedName name = BracketedName.at(this.condition, start, !this.surroundings.inArray());
		if (name == null) {
			return ENDLESS;
		}
		this.lexer.skipTo(name.end());
		this.surroundings.passName(start, name.end());
		return null;
	}

}
