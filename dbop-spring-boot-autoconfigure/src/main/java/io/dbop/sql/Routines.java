package io.dbop.sql;

/**
 * Watches for the statements in which {@code $1} is the database's own: {@code PREPARE},
 * and {@code CREATE FUNCTION} or {@code PROCEDURE} with a body that is no literal.
 */
final class Routines {

	private final String text;

	private final boolean possible;

	/** Words so far, as far as they matter. */
	private int words;

	private boolean creates;

	private boolean own;

	/** Of BEGIN ATOMIC and CASE. */
	private int depth;

	Routines(String text, boolean possible) {
		this.text = text;
		this.possible = possible;
	}

	boolean ownArguments() {
		return this.own;
	}

	void word(int start, int end) {
		if (!this.possible) {
			return;
		}
		if (this.words < 4) {
			begin(start, end);
			this.words++;
		}
		else if (this.own && this.creates) {
			body(start, end);
		}
	}

	private void begin(int start, int end) {
		if (this.words == 0) {
			this.creates = is(start, end, "CREATE");
			this.own = is(start, end, "PREPARE");
		}
		else if (this.creates && (is(start, end, "FUNCTION") || is(start, end, "PROCEDURE"))) {
			this.own = true;
		}
	}

	private void body(int start, int end) {
		if (is(start, end, "ATOMIC") || (this.depth > 0 && is(start, end, "CASE"))) {
			this.depth++;
		}
		else if (this.depth > 0 && is(start, end, "END")) {
			this.depth--;
		}
	}

	/** Ends the statement, unless it stands in a body. */
	void semicolon() {
		if (this.depth == 0) {
			this.words = 0;
			this.creates = false;
			this.own = false;
		}
	}

	private boolean is(int start, int end, String word) {
		return Keywords.is(this.text, start, end, word);
	}

}
