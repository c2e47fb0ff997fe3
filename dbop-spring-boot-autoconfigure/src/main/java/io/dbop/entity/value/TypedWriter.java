package io.dbop.entity.value;

import tools.jackson.core.JsonGenerator;

/** Writes JSON from which a value can be made again. */
final class TypedWriter extends TreeWriter {

	TypedWriter(JsonGenerator out, Specials specials, ValueClasses classes) {
		super(out, specials, classes);
	}

	@Override
	void write(Special special) {
		out().writeStartObject();
		out().writeName(special.tag());
		write(special.typed());
		out().writeEndObject();
	}

	@Override
	void enter() {
	}

	@Override
	void leave() {
	}

}
