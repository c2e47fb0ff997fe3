package io.dbop.sql;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dbop.sql.SqlSyntax.Feature;

/**
 * What stands before the piece of a statement that is being read, and around it. By this
 * a bracket is told to begin a name, a subscript or the values of an array.
 */
final class Surroundings {

	private final String text;

	private final boolean arrays;

	private final Deque<Bracket> brackets = new ArrayDeque<>();

	private Token previous = Token.SEMICOLON;

	private int previousStart;

	private int previousEnd;

	private boolean qualified;

	private boolean bracketed;

	private boolean separated;

	Surroundings(String text, SqlSyntax syntax) {
		this.text = text;
		this.arrays = syntax.has(Feature.ARRAYS);
	}

	/** Goes past a blank or a comment. */
	void separate() {
		this.separated = true;
	}

	/** Goes past a piece. */
	void pass(Token token, int start, int end) {
		this.qualified = this.previous == Token.DOT;
		this.bracketed = false;
		this.separated = false;
		this.previous = token;
		this.previousStart = start;
		this.previousEnd = end;
		switch (token) {
			case OPEN -> this.brackets.push(Bracket.PARENTHESIS);
			case CLOSE -> popIf(inParenthesis());
			case CLOSE_BRACKET -> popIf(!this.brackets.isEmpty() && !inParenthesis());
			case SEMICOLON -> this.brackets.clear();
			default -> {
			}
		}
	}

	/** Goes past a bracket of an array. */
	void open(Bracket bracket, int start) {
		pass(Token.OPEN_BRACKET, start, start + 1);
		this.brackets.push(bracket);
	}

	/** Goes past a name in brackets. */
	void passName(int start, int end) {
		pass(Token.QUOTED, start, end);
		this.bracketed = true;
	}

	private void popIf(boolean matching) {
		if (matching) {
			this.brackets.pop();
		}
	}

	private boolean inParenthesis() {
		return this.brackets.peek() == Bracket.PARENTHESIS;
	}

	/** Whether a colon here divides the bounds of a slice. */
	boolean inSubscript() {
		return this.brackets.peek() == Bracket.SUBSCRIPT;
	}

	/** Whether a bracket closes as soon as it can, since another one is to close. */
	boolean inArray() {
		return !this.brackets.isEmpty() && !inParenthesis();
	}

	/** Whether an operand has just ended, so that an operator is to follow. */
	boolean afterOperand() {
		return switch (this.previous) {
			case WORD -> !isKeyword(this.qualified);
			case QUOTED, STRING, NUMBER, CLOSE, CLOSE_BRACKET, QUESTION, NUMBERED, NAMED, NATIVE -> true;
			default -> false;
		};
	}

	private boolean isKeyword(boolean afterDot) {
		return !afterDot && (Keywords.isReserved(this.text, this.previousStart, this.previousEnd)
				|| Keywords.isClause(this.text, this.previousStart, this.previousEnd));
	}

	/** What the bracket at this offset is there for. */
	Bracket bracketAt(int offset) {
		if (!this.arrays) {
			return Bracket.NAME;
		}
		return switch (this.previous) {
			case WORD -> afterWord(offset);
			case STRING, NUMBER -> nameIf(this.separated && !isSubscript(offset));
			case QUOTED -> nameIf(this.bracketed && this.separated && !isSubscript(offset));
			case CLOSE, CLOSE_BRACKET, QUESTION, NUMBERED, NAMED, NATIVE -> Bracket.SUBSCRIPT;
			case OPEN_BRACKET, COMMA ->
				(this.brackets.peek() == Bracket.CONSTRUCTOR) ? Bracket.CONSTRUCTOR : Bracket.NAME;
			default -> Bracket.NAME;
		};
	}

	private Bracket afterWord(int offset) {
		if (this.qualified) {
			return Bracket.SUBSCRIPT;
		}
		if (Keywords.is(this.text, this.previousStart, this.previousEnd, "ARRAY")) {
			return Bracket.CONSTRUCTOR;
		}
		if (Keywords.isReserved(this.text, this.previousStart, this.previousEnd)) {
			return Bracket.NAME;
		}
		return nameIf(this.separated && !isSubscript(offset)
				&& Keywords.isClause(this.text, this.previousStart, this.previousEnd));
	}

	private static Bracket nameIf(boolean name) {
		return name ? Bracket.NAME : Bracket.SUBSCRIPT;
	}

	/**
	 * Whether nothing but a subscript looks like this: {@code []}, {@code [1]},
	 * {@code [1:2]}.
	 */
	private boolean isSubscript(int offset) {
		int content = Characters.endOfSpace(this.text, offset + 1);
		int end = Characters.endOfSpace(this.text, Characters.endOfDigits(this.text, content));
		return end < this.text.length() && "]:?".indexOf(this.text.charAt(end)) >= 0;
	}

}
