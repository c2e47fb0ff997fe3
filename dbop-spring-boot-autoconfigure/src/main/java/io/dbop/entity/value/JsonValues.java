package io.dbop.entity.value;

import io.dbop.dialect.ColumnValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Values as JSON: plain, which SQL is to see, and typed, of which the same value can be
 * made again. Where both are the same, the value is natural.
 */
final class JsonValues {

	private final ValueClasses classes;

	private final Specials specials;

	private final Tags tags;

	JsonValues(ColumnValues columns, ValueClasses classes, Enums enums) {
		this.classes = classes;
		this.specials = new Specials(columns, classes);
		this.tags = new Tags(enums, classes);
	}

	Encoded encode(Object value) {
		boolean[] natural = new boolean[1];
		String plain = JsonText.write((out) -> natural[0] = writePlain(out, value));
		return new Encoded(plain, natural[0] ? null : asOneText(typed(value)));
	}

	/** So that a merge of documents has nothing to merge or to count in it. */
	private static String asOneText(String typed) {
		return JsonText.write((out) -> {
			out.writeStartObject();
			out.writeStringProperty(Tags.JSON, typed);
			out.writeEndObject();
		});
	}

	private boolean writePlain(JsonGenerator out, Object value) {
		PlainWriter writer = new PlainWriter(out, this.specials, this.classes);
		writer.write(value);
		return writer.isNatural();
	}

	String typed(Object value) {
		return JsonText.write((out) -> new TypedWriter(out, this.specials, this.classes).write(value));
	}

	String plain(Object value) {
		return JsonText.write((out) -> writePlain(out, value));
	}

	@Nullable Object readTyped(String typed) {
		return this.tags.value(JsonText.read(typed));
	}

}
