package io.dbop.entity.value;

import tools.jackson.core.JsonGenerator;

/**
 * Writes what SQL is to see: no tags. In it each map or list is nested as deeply as in
 * Java, which is why it is what watches the depth.
 */
final class PlainWriter extends TreeWriter {

	/** As deep as the functions of MariaDB look. */
	static final int MAX_DEPTH = 32;

	private boolean natural = true;

	private int depth;

	PlainWriter(JsonGenerator out, Specials specials, ValueClasses classes) {
		super(out, specials, classes);
	}

	/** Whether nothing was special, so that it says all. */
	boolean isNatural() {
		return this.natural;
	}

	@Override
	void write(Special special) {
		this.natural = false;
		if (special.plain() instanceof String text) {
			out().writeString(text);
		}
		else {
			write(special.plain());
		}
	}

	@Override
	void enter() {
		if (++this.depth > MAX_DEPTH) {
			throw new InvalidValueException(
					"maps and lists are nested more than %d deep, or one contains itself".formatted(MAX_DEPTH), null);
		}
	}

	@Override
	void leave() {
		this.depth--;
	}

}
