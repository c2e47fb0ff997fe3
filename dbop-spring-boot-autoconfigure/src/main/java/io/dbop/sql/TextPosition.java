package io.dbop.sql;

/**
 * A place in a text as people count it.
 *
 * @param line from 1
 * @param column from 1
 */
record TextPosition(int line, int column) {

	static TextPosition of(String text, int offset) {
		int line = 1;
		int lineStart = 0;
		for (int at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
			line++;
			lineStart = at + 1;
		}
		return new TextPosition(line, offset - lineStart + 1);
	}

	@Override
	public String toString() {
		return "line " + this.line + ", column " + this.column;
	}

}
