package io.dbop.entity.value;

import java.util.List;
import java.util.Map;

import io.dbop.entity.value.Special.PlainNumber;
import io.dbop.entity.value.Special.PlainText;
import io.dbop.entity.value.Specials.PlainMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a value as JSON; how what is special is written, its kinds decide. */
abstract class TreeWriter {

	private final JsonGenerator out;

	private final Specials specials;

	private final ValueClasses classes;

	TreeWriter(JsonGenerator out, Specials specials, ValueClasses classes) {
		this.out = out;
		this.specials = specials;
		this.classes = classes;
	}

	final JsonGenerator out() {
		return this.out;
	}

	abstract void write(Special special);

	/** Before the members of a list or map are written. */
	abstract void enter();

	abstract void leave();

	final void write(@Nullable Object value) {
		if (value instanceof PlainNumber number) {
			this.out.writeNumber(number.text());
		}
		else if (value instanceof PlainText text) {
			this.out.writeString(text.text());
		}
		else if (value instanceof PlainMap map) {
			members(map.members());
		}
		else {
			writeCanonical(this.classes.canonical(value));
		}
	}

	private void writeCanonical(@Nullable Object value) {
		Special special = (value != null) ? this.specials.of(value) : null;
		if (special != null) {
			write(special);
		}
		else if (value instanceof Map<?, ?> map) {
			members(map);
		}
		else if (value instanceof List<?> list) {
			elements(list);
		}
		else if (value instanceof Boolean truth) {
			this.out.writeBoolean(truth);
		}
		else if (value instanceof Number number) {
			this.out.writeNumber(number.toString());
		}
		else if (value != null) {
			this.out.writeString(value.toString());
		}
		else {
			this.out.writeNull();
		}
	}

	private void members(Map<?, ?> map) {
		enter();
		this.out.writeStartObject();
		map.forEach((key, value) -> {
			this.out.writeName(String.valueOf(key));
			write(value);
		});
		this.out.writeEndObject();
		leave();
	}

	private void elements(List<?> list) {
		enter();
		this.out.writeStartArray();
		list.forEach(this::write);
		this.out.writeEndArray();
		leave();
	}

}
