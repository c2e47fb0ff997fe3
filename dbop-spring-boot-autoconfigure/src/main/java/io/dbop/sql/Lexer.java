package io.dbop.sql;

import io.dbop.sql.SqlSyntax.Feature;

/**
 * Takes a statement apart, from its start to its end, without ever looking back. What
 * does not end, a literal say, goes on to the end of the text. Not thread-safe.
 */
final class Lexer {

	private final String text;

	private final SqlSyntax syntax;

	private int start;

	private int end;

	private boolean open;

	Lexer(String text, SqlSyntax syntax) {
		this.text = text;
		this.syntax = syntax;
	}

	/** Where the last piece begins. */
	int start() {
		return this.start;
	}

	/** Where the last piece ends. */
	int end() {
		return this.end;
	}

	/** Whether the last piece should end and does not. */
	boolean open() {
		return this.open;
	}

	/** Ends the last piece elsewhere, further on. */
	void skipTo(int offset) {
		this.end = offset;
	}

	Token next() {
		this.start = this.end;
		if (this.start == this.text.length()) {
			return Token.END;
		}
		char c = this.text.charAt(this.start);
		if (Characters.isSpace(c)) {
			return piece(Token.SPACE, Characters.endOfSpace(this.text, this.start));
		}
		if (Characters.isWordStart(c)) {
			return word(c);
		}
		if (Characters.isDigit(c)) {
			return piece(Token.NUMBER, Characters.endOfWord(this.text, this.start));
		}
		return symbol(c);
	}

	private Token symbol(char c) {
		return switch (c) {
			case '\'' -> span(Token.STRING, Spans.endOfQuoted(this.text, this.start, has(Feature.BACKSLASH_ESCAPES)));
			case '"' -> doubleQuoted();
			case '`' -> has(Feature.BACKTICK_IDENTIFIERS)
					? span(Token.QUOTED, Spans.endOfQuoted(this.text, this.start, false)) : single(Token.OPERATOR);
			case '-' -> dash();
			case '/' -> slash();
			case '#' -> has(Feature.HASH_COMMENTS) ? line() : single(Token.OPERATOR);
			case '$' -> dollar();
			case '?' -> question();
			case ':' -> colon();
			case '@' -> at();
			case '%' -> percent();
			case '[' -> single(Token.OPEN_BRACKET);
			case ']' -> single(Token.CLOSE_BRACKET);
			case '(' -> single(Token.OPEN);
			case ')' -> single(Token.CLOSE);
			case ',' -> single(Token.COMMA);
			case '.' -> single(Token.DOT);
			case ';' -> single(Token.SEMICOLON);
			default -> single(Token.OPERATOR);
		};
	}

	private Token word(char first) {
		if ((first == 'E' || first == 'e') && charAt(this.start + 1) == '\'' && has(Feature.ESCAPE_STRINGS)) {
			return span(Token.STRING, Spans.endOfEscapeString(this.text, this.start + 1));
		}
		return piece(Token.WORD, Characters.endOfWord(this.text, this.start));
	}

	private Token doubleQuoted() {
		boolean literal = has(Feature.DOUBLE_QUOTED_STRINGS);
		boolean backslash = literal && has(Feature.BACKSLASH_ESCAPES);
		return span(literal ? Token.STRING : Token.QUOTED, Spans.endOfQuoted(this.text, this.start, backslash));
	}

	private Token dash() {
		if (charAt(this.start + 1) != '-') {
			return single(Token.OPERATOR);
		}
		boolean ends = this.start + 2 == this.text.length();
		if (ends || !has(Feature.DASHES_NEED_BLANK) || charAt(this.start + 2) <= ' ') {
			return line();
		}
		return single(Token.OPERATOR);
	}

	private Token slash() {
		char next = charAt(this.start + 1);
		if (next == '*') {
			boolean executed = Comments.mayBeExecuted(this.text, this.start);
			return span(Token.COMMENT,
					Spans.endOfBlockComment(this.text, this.start, executed || has(Feature.NESTED_COMMENTS)));
		}
		return (next == '/' && has(Feature.SLASH_COMMENTS)) ? line() : single(Token.OPERATOR);
	}

	private Token dollar() {
		char next = charAt(this.start + 1);
		if (Characters.isDigit(next)) {
			return numbered();
		}
		if (has(Feature.DOLLAR_QUOTES)) {
			int tag = Spans.endOfDollarTag(this.text, this.start, has(Feature.TAGGED_DOLLAR_QUOTES));
			if (tag > 0) {
				return span(Token.STRING, Spans.endOfDollarQuoted(this.text, this.start, tag));
			}
		}
		return nativeName(next);
	}

	/** A number that goes on as a word is nothing of ours. */
	private Token numbered() {
		int digits = Characters.endOfDigits(this.text, this.start + 1);
		int word = Characters.endOfWord(this.text, digits);
		return piece((word == digits) ? Token.NUMBERED : Token.OPERATOR, word);
	}

	private Token question() {
		char next = charAt(this.start + 1);
		if (next == '?') {
			char last = charAt(this.start + 2);
			boolean bracket = (last == '(' || last == ')') && has(Feature.BRACKET_TRIGRAPHS);
			return bracket ? piece(Token.OPERATOR, this.start + 3) : piece(Token.DOUBLE_QUESTION, this.start + 2);
		}
		return Characters.isDigit(next) ? numbered() : single(Token.QUESTION);
	}

	/**
	 * What follows a word or a literal without a blank is no marker, but the label of a
	 * loop, or {@code 'key':value}.
	 */
	private Token colon() {
		char next = charAt(this.start + 1);
		if (next == ':' || next == '=') {
			return piece(Token.OPERATOR, this.start + 2);
		}
		if (Characters.isWordStart(next) && !(this.start > 0 && endsOperand(this.text.charAt(this.start - 1)))) {
			return piece(Token.NAMED, Characters.endOfName(this.text, this.start + 1));
		}
		return single(Token.OPERATOR);
	}

	private static boolean endsOperand(char c) {
		return Characters.isWordPart(c) || c == '\'' || c == '"' || c == '`' || c == ']' || c == ')';
	}

	private Token at() {
		char next = charAt(this.start + 1);
		return (next == '@') ? piece(Token.OPERATOR, this.start + 2) : nativeName(next);
	}

	private Token nativeName(char next) {
		if (has(Feature.NATIVE_NAMES) && Characters.isWordStart(next)) {
			return piece(Token.NATIVE, Characters.endOfName(this.text, this.start + 1));
		}
		return single(Token.OPERATOR);
	}

	private Token percent() {
		int at = this.start + 1;
		if (charAt(at) == '(') {
			int name = Characters.endOfName(this.text, at + 1);
			at = (name > at + 1 && charAt(name) == ')') ? name + 1 : at;
		}
		boolean marker = charAt(at) == 's' && !Characters.isWordPart(charAt(at + 1));
		return marker ? piece(Token.PERCENT, at + 1) : single(Token.OPERATOR);
	}

	private Token line() {
		return piece(Token.COMMENT, Spans.endOfLine(this.text, this.start, has(Feature.RETURN_ENDS_COMMENT)));
	}

	private Token single(Token token) {
		return piece(token, this.start + 1);
	}

	private Token span(Token token, int endOrNone) {
		this.open = endOrNone < 0;
		return piece(token, this.open ? this.text.length() : endOrNone);
	}

	private Token piece(Token token, int endOfPiece) {
		this.end = endOfPiece;
		return token;
	}

	private boolean has(Feature feature) {
		return this.syntax.has(feature);
	}

	private char charAt(int offset) {
		return (offset < this.text.length()) ? this.text.charAt(offset) : 0;
	}

}
