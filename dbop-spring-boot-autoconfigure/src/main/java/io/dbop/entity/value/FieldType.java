package io.dbop.entity.value;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dbop.dialect.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field: finer than that of its column, so that a {@code short} comes back
 * as one. It is recorded by its {@linkplain #name() name}: a word such as {@code int},
 * {@code enum:} with a class, or {@code custom:} with a class, a bar, and the name of the
 * type that holds what the class is serialized to. Immutable.
 * <p>
 * Types widen: byte, short, int, long, biginteger, decimal; float, double, decimal; int
 * to double; char and enum to string; instant, offsetdatetime, zoneddatetime.
 */
public final class FieldType {

	private static final Map<String, FieldType> PLAIN = Arrays.stream(Kind.values())
		.filter((kind) -> kind != Kind.ENUM && kind != Kind.CUSTOM)
		.map((kind) -> new FieldType(kind, kind.text, null, null))
		.collect(Collectors.toUnmodifiableMap(FieldType::name, Function.identity()));

	private final Kind kind;

	private final String name;

	private final @Nullable String className;

	private final @Nullable FieldType underlying;

	private FieldType(Kind kind, String name, @Nullable String className, @Nullable FieldType underlying) {
		this.kind = kind;
		this.name = name;
		this.className = className;
		this.underlying = underlying;
	}

	static FieldType of(Kind kind) {
		return Objects.requireNonNull(PLAIN.get(kind.text), kind::name);
	}

	static FieldType ofEnum(String className) {
		return new FieldType(Kind.ENUM, Kind.ENUM.text + ":" + className, className, null);
	}

	static FieldType ofCustom(String className, FieldType underlying) {
		return new FieldType(Kind.CUSTOM, Kind.CUSTOM.text + ":" + className + "|" + underlying.name, className,
				underlying);
	}

	/**
	 * The type in which a column is read that nobody recorded a type for.
	 * @param column the kind of column
	 * @return the type
	 */
	public static FieldType of(ColumnType column) {
		return of(switch (column) {
			case KEY, TEXT -> Kind.STRING;
			case BOOLEAN -> Kind.BOOLEAN;
			case INTEGER -> Kind.INT;
			case BIGINT -> Kind.LONG;
			case NUMERIC -> Kind.DECIMAL;
			case DOUBLE -> Kind.DOUBLE;
			case BYTES -> Kind.BYTES;
			case UUID -> Kind.UUID;
			case DATE -> Kind.DATE;
			case TIME -> Kind.TIME;
			case DATETIME -> Kind.DATETIME;
			case INSTANT -> Kind.INSTANT;
			case JSON -> Kind.JSON;
		});
	}

	/**
	 * The type of a name.
	 * @param name what {@link #name()} gave
	 * @return the type
	 * @throws IllegalArgumentException if there is no such type
	 */
	public static FieldType parse(String name) {
		FieldType plain = PLAIN.get(name);
		if (plain != null) {
			return plain;
		}
		int colon = name.indexOf(':');
		int bar = name.indexOf('|');
		if (name.startsWith(Kind.ENUM.text + ":")) {
			return ofEnum(name.substring(colon + 1));
		}
		if (name.startsWith(Kind.CUSTOM.text + ":") && bar > 0) {
			return ofCustom(name.substring(colon + 1, bar), parse(name.substring(bar + 1)));
		}
		throw new IllegalArgumentException("There is no type of fields called '%s'".formatted(name));
	}

	/**
	 * The name under which the type is recorded.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The kind of column that holds its values.
	 * @return the kind
	 */
	public ColumnType column() {
		return (this.underlying != null) ? this.underlying.column() : this.kind.column;
	}

	/**
	 * The least type that holds values of this type and another exactly.
	 * @param other the other type
	 * @return the type, or {@code null} if there is none
	 */
	public @Nullable FieldType widenedBy(FieldType other) {
		if (equals(other)) {
			return this;
		}
		if (this.underlying != null && other.underlying != null) {
			return widenedCustom(this.underlying, other, other.underlying);
		}
		for (Kind wider : Kind.values()) {
			if (wider.holds(this.kind) && wider.holds(other.kind) && PLAIN.containsKey(wider.text)) {
				return of(wider);
			}
		}
		return null;
	}

	private @Nullable FieldType widenedCustom(FieldType own, FieldType other, FieldType others) {
		FieldType wider = Objects.equals(this.className, other.className) ? own.widenedBy(others) : null;
		return (wider != null) ? ofCustom(Objects.requireNonNull(this.className), wider) : null;
	}

	Kind kind() {
		return this.kind;
	}

	/** The class of an enum, or of what is serialized. */
	String className() {
		return Objects.requireNonNull(this.className);
	}

	/** The type of what a serializer gives. */
	FieldType underlying() {
		return Objects.requireNonNull(this.underlying);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FieldType type && type.name.equals(this.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
