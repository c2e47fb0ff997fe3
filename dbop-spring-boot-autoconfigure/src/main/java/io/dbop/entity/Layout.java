package io.dbop.entity;

import java.util.List;
import java.util.Objects;

import io.dbop.entity.value.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * How rows whose fields have the same names lie in a schema. Immutable.
 */
final class Layout {

	private final EntitySchema schema;

	private final Shape given;

	private final FieldNames names;

	private final Shape shape;

	/** Where among the names the fields of the shape are. */
	private final int[] places;

	private final FieldType[] types;

	/** By place: types of which there is nothing to be found out. */
	private final @Nullable FieldType[] settled;

	Layout(EntitySchema schema, Shape given, FieldNames names) {
		this.schema = schema;
		this.given = given;
		this.names = names;
		List<String> saved = given.fields().stream().filter((name) -> schema.type(name) != null).sorted().toList();
		this.shape = new Shape(saved, given.fresh(), given.authored());
		this.places = saved.stream().mapToInt(names::place).toArray();
		this.types = saved.stream().map((name) -> Objects.requireNonNull(schema.type(name))).toArray(FieldType[]::new);
		this.settled = names.list().stream().map(schema::settled).toArray(FieldType[]::new);
	}

	private Layout(Layout same, FieldNames names) {
		this.schema = same.schema;
		this.given = same.given;
		this.names = names;
		this.shape = same.shape;
		this.places = same.places;
		this.types = same.types;
		this.settled = same.settled;
	}

	/** The same for names that are others, and equal. */
	Layout of(FieldNames equal) {
		return (this.names == equal) ? this : new Layout(this, equal);
	}

	/** Whether it is that of another save, too. */
	boolean suits(EntitySchema other, Change change) {
		return this.schema == other && this.names == change.fields().names() && this.given.fresh() == change.fresh()
				&& this.given.authored() == (change.author() != null);
	}

	/** What is saved: of fields without a column there is nothing to be saved. */
	Shape shape() {
		return this.shape;
	}

	int size() {
		return this.places.length;
	}

	int place(int field) {
		return this.places[field];
	}

	FieldType type(int field) {
		return this.types[field];
	}

	/**
	 * Whether a value of the type, in the field at a place among the names, finds room.
	 */
	boolean settles(int place, FieldType type) {
		return type.equals(this.settled[place]);
	}

}
