package io.dbop.entity.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Turns the values of fields into what the columns of a database hold, and back, so that
 * what comes back equals what went in. Thread-safe.
 */
public final class FieldValues {

	/** What every database holds as it is. */
	private static final Set<Kind> EXACT = EnumSet.of(Kind.BOOLEAN, Kind.BYTE, Kind.SHORT, Kind.INT, Kind.LONG,
			Kind.UUID, Kind.BYTES);

	private final ColumnValues columns;

	private final ValueClasses classes;

	private final JsonValues json;

	private final ColumnForms forms;

	private final Targets targets;

	/**
	 * For one database.
	 * @param columns its columns
	 * @param serializers for types of the application's own
	 * @throws IllegalArgumentException if two are for the same type
	 */
	public FieldValues(ColumnValues columns, Collection<? extends EntitySerializer<?>> serializers) {
		Enums enums = new Enums();
		this.columns = columns;
		this.classes = new ValueClasses(new Serializers(serializers));
		this.json = new JsonValues(columns, this.classes, enums);
		this.forms = new ColumnForms(enums);
		this.targets = new Targets(this.classes);
	}

	/**
	 * The least type that holds a value.
	 * @param value the value
	 * @return its type, or {@code null} if it stands for none, as an empty optional does
	 * @throws InvalidValueException if no field can hold such a value
	 */
	public @Nullable FieldType typeOf(Object value) {
		return this.classes.typeOf(value);
	}

	/**
	 * What stands for nothing in a field whose values are of a Java type: it gives the
	 * field a column before it has a value.
	 * @param type the Java type
	 * @return the stand-in, or {@code null} if only a value would tell the type of the
	 * field
	 */
	public @Nullable Object nothing(ResolvableType type) {
		FieldType declared = this.classes.declared(type);
		return (declared != null) ? new DeclaredNull(declared) : null;
	}

	/**
	 * Whether it is what stands for nothing.
	 * @param value the value
	 * @return whether nothing is to be held
	 */
	public boolean isNothing(Object value) {
		return value instanceof DeclaredNull;
	}

	/**
	 * A value as one of the Java type of a property: collections with the elements that
	 * it declares, maps as the beans that they were saved from.
	 * @param type the Java type
	 * @param value the value of a field
	 * @return the value for the property; nothing is {@code null}, an empty optional or
	 * the zero of a primitive type
	 * @throws InvalidValueException if it cannot be turned into one
	 */
	public @Nullable Object as(ResolvableType type, @Nullable Object value) {
		return this.targets.value(type, value);
	}

	/**
	 * Turns a value into what a row holds.
	 * @param type the type of the field, which holds the type of the value
	 * @param value the value, or {@code null}
	 * @return the value for the column, and the exact one where the column cannot hold it
	 * @throws InvalidValueException if the type does not hold such values, or they cannot
	 * be turned into what it holds
	 */
	public Encoded encode(FieldType type, @Nullable Object value) {
		Object canonical = this.classes.canonical(value);
		if (canonical == null) {
			return Encoded.NOTHING;
		}
		if (type.kind() == Kind.CUSTOM) {
			return encode(type.underlying(), this.classes.serialized(canonical));
		}
		if (type.kind() == Kind.JSON) {
			return this.json.encode(canonical);
		}
		Object widened = Conversions.widen(canonical, type.kind());
		if (widened != null) {
			return encodeWidened(type, widened);
		}
		if (canonical instanceof Number && type.kind() == Kind.DECIMAL) {
			// An infinity, or none at all.
			return new Encoded(null, this.json.typed(canonical));
		}
		throw new InvalidValueException(
				"it is of type %s, which does not hold a value of %s".formatted(type, canonical.getClass().getName()),
				null);
	}

	/**
	 * Turns a value into what a row holds, in a column that others read as of a narrower
	 * type.
	 * @param known the type of the field
	 * @param wider a type with the same column, which holds that of the value
	 * @param value the value
	 * @return the value for the column, and the exact one where that would be read as
	 * another
	 * @throws InvalidValueException if the type does not hold such values, or they cannot
	 * be turned into what it holds
	 */
	public Encoded encode(FieldType known, FieldType wider, Object value) {
		if (known.kind() == Kind.CUSTOM && wider.kind() == Kind.CUSTOM) {
			Object serialized = this.classes.serialized(value);
			return (serialized != null) ? encode(known.underlying(), wider.underlying(), serialized) : Encoded.NOTHING;
		}
		Encoded encoded = encode(wider, value);
		Object column = encoded.column();
		if (column == null || encoded.exact() != null) {
			return encoded;
		}
		Object meant = Objects.requireNonNull(decode(wider, column, null));
		return meant.equals(decode(known, column, null)) ? encoded : new Encoded(column, this.json.typed(meant));
	}

	private Encoded encodeWidened(FieldType type, Object value) {
		Object held = held(type, value);
		if (EXACT.contains(type.kind())) {
			return new Encoded(held, null);
		}
		boolean same = held != null && this.forms.fromColumn(type, held).equals(value);
		return new Encoded(held, same ? null : this.json.typed(value));
	}

	/**
	 * Turns what a row holds into the value. The exact value counts as long as the column
	 * holds what was written with it: what somebody else has written there since is what
	 * comes back.
	 * @param type the type of the field
	 * @param column what its column holds
	 * @param exact the exact value, if the row has one for the field
	 * @return the value
	 * @throws InvalidValueException if the exact value cannot be read, or a serializer
	 * fails
	 */
	public @Nullable Object decode(FieldType type, @Nullable Object column, @Nullable String exact) {
		if (type.kind() == Kind.CUSTOM) {
			Object serialized = decode(type.underlying(), column, exact);
			return (serialized != null) ? this.classes.deserialized(type.className(), serialized) : null;
		}
		Object value = (exact != null) ? exactly(type, column, exact) : null;
		if (value != null || column == null) {
			return value;
		}
		return (type.kind() == Kind.JSON) ? JsonText.read((String) column) : this.forms.fromColumn(type, column);
	}

	/** The exact value, {@code null} if the column holds something else by now. */
	private @Nullable Object exactly(FieldType type, @Nullable Object column, String exact) {
		Object value = this.json.readTyped(exact);
		if (value == null) {
			return null;
		}
		if (type.kind() == Kind.JSON) {
			return ColumnMatch.sameJson(this.json.plain(value), column) ? value : null;
		}
		Object widened = Conversions.widen(value, type.kind());
		if (widened != null) {
			boolean same = ColumnMatch.same(held(type, widened), column) || isOnItsWay(type, value, column);
			return same ? widened : null;
		}
		return (column != null) ? exactlyOfItsOwn(type, column, value) : value;
	}

	/**
	 * Whether somebody has taken a binary number out of its column, which is to become
	 * one of decimals: it is, or will be, or could not.
	 */
	private static boolean isOnItsWay(FieldType type, Object value, @Nullable Object column) {
		return column == null && type.kind() == Kind.DOUBLE && value instanceof Double;
	}

	/**
	 * Where a value was written by somebody who knew a wider type for the same column, or
	 * before the column became one of texts.
	 */
	private @Nullable Object exactlyOfItsOwn(FieldType type, Object column, Object value) {
		FieldType own = Objects.requireNonNull(typeOf(value));
		if (own.column() == type.column()) {
			return ColumnMatch.same(held(own, value), column) ? value : null;
		}
		boolean same = column instanceof String text && type.kind() == Kind.STRING
				&& ColumnMatch.sameText(held(own, value), text);
		return same ? asText(value) : null;
	}

	private @Nullable Object held(FieldType type, Object value) {
		return this.columns.held(type.column(), this.forms.toColumn(type.kind(), value));
	}

	/**
	 * A value as the parameter of a condition, so that it equals what a column holds of
	 * it. Of a collection each element is turned so, into a list; an array is left to the
	 * driver; a map, a record or a bean becomes plain JSON.
	 * @param value the value
	 * @return the parameter
	 * @throws InvalidValueException if no field can hold such a value
	 */
	public @Nullable Object parameter(@Nullable Object value) {
		Object canonical = (value != null) ? this.classes.serialized(value) : null;
		if (canonical == null) {
			return null;
		}
		if (canonical instanceof Collection<?> collection) {
			List<@Nullable Object> elements = new ArrayList<>(collection.size());
			collection.forEach((element) -> elements.add(parameter(element)));
			return elements;
		}
		FieldType type = Objects.requireNonNull(typeOf(canonical));
		if (type.kind() == Kind.JSON) {
			return canonical.getClass().isArray() ? canonical : this.json.plain(canonical);
		}
		Object column = this.forms.toColumn(type.kind(), canonical);
		Object held = this.columns.held(type.column(), column);
		if (held == null && type.column() == ColumnType.DOUBLE) {
			return null;
		}
		return this.columns.parameter(type.column(), (held != null) ? held : column);
	}

	/**
	 * Whether a column holds anything of a value: there are numbers that are too large
	 * for it, or none that it knows, of which only the row has the exact value.
	 * @param type the type of the field
	 * @param value the value
	 * @return whether its column is not null
	 */
	public boolean isKept(FieldType type, @Nullable Object value) {
		return value != null && encode(type, value).column() != null;
	}

	/**
	 * A value as text: what becomes of it in a field that holds texts.
	 * @param value the value
	 * @return the text
	 * @throws InvalidValueException if no field can hold such a value
	 */
	public String asText(Object value) {
		Object canonical = this.classes.serialized(value);
		if (canonical == null) {
			return "";
		}
		return (Objects.requireNonNull(typeOf(canonical)).kind() == Kind.JSON) ? this.json.plain(canonical)
				: TextForm.of(canonical);
	}

}
