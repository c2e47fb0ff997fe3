package io.dbop.sql;

import java.util.Set;

/**
 * Tells the blocks within the body of a trigger, function, procedure or event, or of a
 * compound statement, from transactions, which begin and end with the same words. Reads a
 * text word by word.
 */
final class RoutineBody {

	private static final Set<String> ROUTINES = Set.of("TRIGGER", "FUNCTION", "PROCEDURE", "EVENT");

	/** What may stand between CREATE and one of these, if nobody is named as definer. */
	private static final Set<String> MODIFIERS = Set.of("OR", "REPLACE", "TEMP", "TEMPORARY", "AGGREGATE",
			"CONSTRAINT");

	/** What follows END where it ends no block. */
	private static final Set<String> PARTS = Set.of("IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR");

	private Kind kind = Kind.NOTHING;

	/** Those that have begun and not ended. */
	private int blocks;

	/** The next word, of which all that are no words count as one. */
	void word(String word) {
		if (this.kind == Kind.ROUTINE) {
			if (word.equals("BEGIN")) {
				this.blocks++;
			}
		}
		else {
			this.kind = this.kind.after(word);
			if (this.kind == Kind.COMPOUND) {
				this.kind = Kind.ROUTINE;
				this.blocks++;
			}
		}
	}

	/** Whether a block has begun and not ended. */
	boolean open() {
		return this.blocks > 0;
	}

	/**
	 * A semicolon, or the end of the text.
	 * @return whether the part that has ended there only ends a block
	 */
	boolean endsPart(String first, String second) {
		boolean within = this.blocks > 0;
		boolean ends = within && first.equals("END") && !PARTS.contains(second);
		if (ends) {
			this.blocks--;
		}
		if (this.blocks == 0) {
			this.kind = Kind.NOTHING;
		}
		return ends;
	}

	/** What the statement is, as far as its words have told. */
	private enum Kind {

		NOTHING, CREATED, CREATED_BY_DEFINER, ROUTINE, BEGUN, BEGUN_NOT, COMPOUND, OTHER;

		Kind after(String word) {
			return switch (this) {
				case NOTHING -> first(word);
				case CREATED -> created(word);
				case CREATED_BY_DEFINER -> ROUTINES.contains(word) ? ROUTINE : this;
				case BEGUN -> word.equals("NOT") ? BEGUN_NOT : OTHER;
				case BEGUN_NOT -> word.equals("ATOMIC") ? COMPOUND : OTHER;
				default -> this;
			};
		}

		private static Kind first(String word) {
			return switch (word) {
				case "CREATE", "ALTER" -> CREATED;
				case "BEGIN" -> BEGUN;
				default -> OTHER;
			};
		}

		private static Kind created(String word) {
			if (ROUTINES.contains(word)) {
				return ROUTINE;
			}
			if (word.equals("DEFINER")) {
				return CREATED_BY_DEFINER;
			}
			return MODIFIERS.contains(word) ? CREATED : OTHER;
		}

	}

}
