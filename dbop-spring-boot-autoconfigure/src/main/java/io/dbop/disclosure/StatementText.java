package io.dbop.disclosure;

import org.jspecify.annotations.Nullable;

/**
 * Takes the values out of a statement: literals become {@code ?}, comments go. It need
 * not understand the statement, only never take a value for something else. Where
 * databases disagree on where a literal ends, nothing of what follows is told. Used once.
 */
final class StatementText {

	private final String sql;

	/** In double quotes stands a name; else it may be a value. */
	private final boolean quotedNames;

	private final StringBuilder text = new StringBuilder();

	private int position;

	StatementText(String sql, @Nullable String identifierQuote) {
		this.sql = sql;
		this.quotedNames = "\"".equals(identifierQuote);
	}

	String withoutValues() {
		while (this.position < this.sql.length()) {
			step();
		}
		return this.text.toString();
	}

	private void step() {
		char next = this.sql.charAt(this.position);
		if (next == '\'' || next == '"' && !this.quotedNames) {
			literal(next);
		}
		else if (next == '"' || next == '`') {
			name(next);
		}
		else if (next == '$' && dollarTagEnd() > 0) {
			dollarQuoted(dollarTagEnd());
		}
		else if (startsWith("--") || next == '#' && !this.quotedNames) {
			skip(indexOr(this.sql.indexOf('\n', this.position)));
		}
		else if (startsWith("/*")) {
			comment();
		}
		else if (Character.isDigit(next) || next == '.' && Character.isDigit(at(this.position + 1))) {
			number();
		}
		else if (Character.isUnicodeIdentifierStart(next) || "_$?:@".indexOf(next) >= 0) {
			copy(wordEnd(this.position + 1));
		}
		else {
			copy(this.position + 1);
		}
	}

	/** A backslash before its quote may have ended it or not. */
	private void literal(char quote) {
		int end = end(quote);
		boolean ambiguous = this.sql.substring(this.position, end).contains("\\" + quote);
		this.text.append(ambiguous ? "? ..." : "?");
		this.position = ambiguous ? this.sql.length() : end;
	}

	private void name(char quote) {
		if (this.sql.indexOf(quote, this.position + 1) < 0) {
			this.text.append("...");
			this.position = this.sql.length();
			return;
		}
		copy(end(quote));
	}

	/** Where what is quoted ends: a doubled quote stands for itself. */
	private int end(char quote) {
		int end = this.sql.indexOf(quote, this.position + 1);
		while (end >= 0 && at(end + 1) == quote) {
			end = this.sql.indexOf(quote, end + 2);
		}
		return (end < 0) ? this.sql.length() : end + 1;
	}

	/** Where {@code $tag$} ends, or 0 if there is none. */
	private int dollarTagEnd() {
		int end = this.position + 1;
		while (Character.isUnicodeIdentifierPart(at(end))) {
			end++;
		}
		return (at(end) == '$' && !Character.isDigit(at(this.position + 1))) ? end + 1 : 0;
	}

	private void dollarQuoted(int tagEnd) {
		String tag = this.sql.substring(this.position, tagEnd);
		int end = this.sql.indexOf(tag, tagEnd);
		this.text.append('?');
		this.position = (end < 0) ? this.sql.length() : end + tag.length();
	}

	private void comment() {
		int depth = 0;
		do {
			boolean begins = startsWith("/*");
			boolean ends = startsWith("*/");
			depth += begins ? 1 : ends ? -1 : 0;
			this.position += (begins || ends) ? 2 : 1;
		}
		while (depth > 0 && this.position < this.sql.length());
		this.text.append(' ');
	}

	private void number() {
		int end = this.position;
		while (Character.isUnicodeIdentifierPart(at(end)) || at(end) == '.' || exponent(end)) {
			end++;
		}
		this.text.append('?');
		this.position = end;
	}

	private boolean exponent(int sign) {
		return (at(sign) == '-' || at(sign) == '+') && Character.toLowerCase(at(sign - 1)) == 'e'
				&& Character.isDigit(at(sign + 1));
	}

	private int wordEnd(int from) {
		int end = from;
		while (Character.isUnicodeIdentifierPart(at(end)) || at(end) == '$') {
			end++;
		}
		return end;
	}

	private void copy(int end) {
		this.text.append(this.sql, this.position, end);
		this.position = end;
	}

	private void skip(int end) {
		this.text.append(' ');
		this.position = end;
	}

	private int indexOr(int index) {
		return (index < 0) ? this.sql.length() : index;
	}

	private boolean startsWith(String text) {
		return this.sql.startsWith(text, this.position);
	}

	private char at(int index) {
		return (index < this.sql.length()) ? this.sql.charAt(index) : ' ';
	}

}
