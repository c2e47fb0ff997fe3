package io.dbop.sql;

/**
 * Takes the values out of a statement: literals become {@code ?}, comments a blank. Where
 * a setting of the session decides whether a backslash keeps a literal from ending, what
 * follows is left out: it may be the rest of it. Used once.
 */
final class Redaction {

	private final String sql;

	private final SqlSyntax syntax;

	private final Lexer lexer;

	private final StringBuilder text = new StringBuilder();

	Redaction(String sql, SqlSyntax syntax) {
		this.sql = sql;
		this.syntax = syntax;
		this.lexer = new Lexer(sql, syntax);
	}

	String text() {
		Token token = this.lexer.next();
		while (token != Token.END && write(token)) {
			token = this.lexer.next();
		}
		return this.text.toString();
	}

	/** Returns whether what follows can be told. */
	private boolean write(Token token) {
		switch (token) {
			case STRING -> {
				return string();
			}
			case QUOTED -> {
				return name();
			}
			case NUMBER -> number();
			case COMMENT -> this.text.append(' ');
			default -> this.text.append(this.sql, this.lexer.start(), this.lexer.end());
		}
		return true;
	}

	private boolean string() {
		char quote = this.sql.charAt(this.lexer.end() - 1);
		boolean ambiguous = !this.lexer.open() && quote != '$'
				&& this.sql.substring(this.lexer.start(), this.lexer.end()).contains("\\" + quote);
		this.text.append(ambiguous ? "? ..." : "?");
		return !ambiguous;
	}

	/** A name that does not end is the rest of the text. */
	private boolean name() {
		if (this.lexer.open()) {
			this.text.append("...");
			return false;
		}
		if (this.syntax.mayQuoteValues(this.sql.charAt(this.lexer.start()))) {
			this.text.append('?');
		}
		else {
			this.text.append(this.sql, this.lexer.start(), this.lexer.end());
		}
		return true;
	}

	/** Of {@code 1.5} there is only one. */
	private void number() {
		if (this.text.length() > 1 && this.text.charAt(this.text.length() - 1) == '.'
				&& this.text.charAt(this.text.length() - 2) == '?') {
			this.text.setLength(this.text.length() - 1);
			return;
		}
		this.text.append('?');
	}

}
