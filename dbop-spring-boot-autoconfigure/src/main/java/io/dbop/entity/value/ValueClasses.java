package io.dbop.entity.value;

import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Knows the classes of values, each looked at once. */
final class ValueClasses {

	private final ClassValue<ValueClass> known = new ClassValue<>() {
		@Override
		protected ValueClass computeValue(Class<?> type) {
			return find(type);
		}
	};

	private final Serializers serializers;

	private final Beans beans;

	ValueClasses(Serializers serializers) {
		this.serializers = serializers;
		this.beans = new Beans(serializers);
	}

	ValueClass of(Class<?> type) {
		return this.known.get(type);
	}

	private ValueClass find(Class<?> type) {
		EntitySerializer<?> serializer = this.serializers.find(type);
		if (serializer != null) {
			return new ValueClass(null, (value) -> Serializers.serialize(serializer, value), serializer);
		}
		ValueClass simple = SimpleClasses.find(type);
		if (simple != null) {
			return simple;
		}
		if (type.getName().matches("(javax?|jdk|sun|com\\.sun)\\..*") || type.isHidden()) {
			throw new InvalidValueException(
					"values of %s cannot be held: give a simple value, a map, a list, a record or a bean, or bring an EntitySerializer"
						.formatted(type.getName()),
					null);
		}
		return ValueClass.unwrapped(this.beans::tree);
	}

	/** The type of a value, {@code null} if it stands for none, as an empty optional. */
	@Nullable FieldType typeOf(Object value) {
		if (value instanceof DeclaredNull none) {
			return none.type();
		}
		ValueClass known = of(value.getClass());
		if (known.type() != null) {
			return known.type();
		}
		EntitySerializer<?> serializer = known.serializer();
		Object inner = (serializer != null) ? serialized(value) : known.canonical().apply(value);
		FieldType type = (inner != null) ? typeOf(inner) : null;
		return (serializer != null && type != null) ? FieldType.ofCustom(serializer.type().getName(), type) : type;
	}

	/** The type of fields of a Java type, {@code null} if only a value would tell. */
	@Nullable FieldType declared(ResolvableType type) {
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
		if (raw == Optional.class || AtomicReference.class.isAssignableFrom(raw)) {
			return declared(type.getGeneric(0));
		}
		if (this.serializers.find(raw) != null || raw == Object.class || raw == Enum.class) {
			return null;
		}
		ValueClass simple = SimpleClasses.find(raw);
		if (simple != null) {
			return (simple.type() != null) ? simple.type() : SimpleClasses.ofOptional(raw);
		}
		boolean open = raw.isInterface() || Modifier.isAbstract(raw.getModifiers());
		return (!open && this.beans.isTree(type)) ? FieldType.of(Kind.JSON) : null;
	}

	/** A value as one of a type that has no form of its own here. */
	Object as(ResolvableType type, Object value) {
		return this.beans.as(type, value);
	}

	/** What stands for a value; those of the application's types are left. */
	@Nullable Object canonical(@Nullable Object value) {
		Object canonical = value;
		while (canonical != null && !(canonical instanceof DeclaredNull)) {
			ValueClass known = of(canonical.getClass());
			if (known.serializer() != null) {
				return canonical;
			}
			canonical = known.canonical().apply(canonical);
			if (known.type() != null) {
				return canonical;
			}
		}
		return null;
	}

	/** The same, with what those of the application's types are serialized to. */
	@Nullable Object serialized(Object value) {
		Object canonical = canonical(value);
		ValueClass known = (canonical != null) ? of(canonical.getClass()) : null;
		if (canonical == null || known == null || known.serializer() == null) {
			return canonical;
		}
		Object serialized = canonical(known.canonical().apply(canonical));
		if (serialized != null && serializer(serialized) != null) {
			throw new InvalidValueException("the serializer %s gives a value that needs a serializer itself"
				.formatted(known.serializer().getClass().getName()), null);
		}
		return serialized;
	}

	/** The serializer for values like this one. */
	@Nullable EntitySerializer<?> serializer(Object value) {
		return of(value.getClass()).serializer();
	}

	Object deserialized(String className, Object value) {
		return this.serializers.deserialize(className, Objects.requireNonNull(value));
	}

}
