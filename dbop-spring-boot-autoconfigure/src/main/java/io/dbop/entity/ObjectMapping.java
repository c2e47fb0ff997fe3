package io.dbop.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.dbop.entity.value.FieldValues;
import io.dbop.entity.value.InvalidValueException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Turns objects of a class into the fields of an entity, and records of the entity into
 * objects. Thread-safe.
 *
 * @param <T> the class
 */
final class ObjectMapping<T> {

	private static final String ID = SystemColumn.ID.columnName();

	private static final Set<Class<?>> TEXT_IDS = Set.of(String.class, UUID.class);

	private static final Set<Class<?>> NUMBER_IDS = Set.of(Integer.class, int.class, Long.class, long.class);

	private final Class<T> type;

	private final String entity;

	private final FieldValues values;

	private final ObjectForm<T> form;

	private final ObjectProperty id;

	private final List<ObjectProperty> fields = new ArrayList<>();

	/** What stands for nothing in each field of which the type tells more. */
	private final Map<String, Object> nothing = new HashMap<>();

	/**
	 * Looks at a class.
	 * @throws InvalidEntityException if its objects cannot be entities
	 */
	ObjectMapping(Class<T> type, String entity, FieldValues values) {
		EntityNames.checkEntity(entity);
		this.type = type;
		this.entity = entity;
		this.values = values;
		this.form = ObjectForm.of(type);
		for (ObjectProperty property : this.form.properties()) {
			if (property.system() == null) {
				EntityNames.checkField(property.name());
				this.fields.add(property);
				Object none = values.nothing(property.type());
				if (none != null) {
					this.nothing.put(property.name(), none);
				}
			}
		}
		this.id = id();
	}

	private ObjectProperty id() {
		for (ObjectProperty property : this.form.properties()) {
			Class<?> raw = property.type().resolve(Object.class);
			if (property.name().equals(ID) && (TEXT_IDS.contains(raw) || NUMBER_IDS.contains(raw))) {
				return property;
			}
		}
		throw new InvalidEntityException(
				"Objects of %s cannot be entities: it has no component or property 'id' of type String, UUID, Integer or Long."
					.formatted(this.type.getName()));
	}

	String entity() {
		return this.entity;
	}

	/** All fields, with their id if they have one. */
	Map<String, @Nullable Object> fields(T object) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		Object known = this.id.of(Objects.requireNonNull(object, "The entity must not be null"));
		if (known != null) {
			fields.put(ID, known);
		}
		else if (NUMBER_IDS.contains(this.id.type().resolve(Object.class))) {
			throw new InvalidEntityException(
					"A new entity '%s' has no id. Ids that are numbers are not made up: give it one, or declare the id of %s as a String or a UUID."
						.formatted(this.entity, this.type.getName()));
		}
		for (ObjectProperty field : this.fields) {
			Object value = field.of(object);
			fields.put(field.name(), (value != null) ? value : this.nothing.get(field.name()));
		}
		return fields;
	}

	/** Fields that are all null, from which the columns can be made. */
	Map<String, @Nullable Object> sample() {
		Map<String, @Nullable Object> sample = new LinkedHashMap<>();
		this.fields.forEach((field) -> sample.put(field.name(), this.nothing.get(field.name())));
		return sample;
	}

	T object(EntityRecord record) {
		List<ObjectProperty> properties = this.form.properties();
		@Nullable Object[] all = new Object[properties.size()];
		for (int i = 0; i < all.length; i++) {
			ObjectProperty property = properties.get(i);
			SystemProperty known = property.system();
			all[i] = as(property, (known != null) ? known.of(record) : record.get(property.name()));
		}
		return this.form.maker().of(all);
	}

	private @Nullable Object as(ObjectProperty property, @Nullable Object value) {
		try {
			return this.values.as(property.type(), value);
		}
		catch (InvalidValueException ex) {
			throw ex.inField(property.name());
		}
	}

	/**
	 * Whether an object tells all that entities are sorted by as its row has it.
	 * @throws InvalidEntityException if it does not tell it at all
	 */
	boolean tellsExactly(T object, List<SortColumn> order) {
		List<ObjectProperty> properties = order.stream().map(this::property).toList();
		return properties.stream().noneMatch((property) -> property.mayDiffer(object));
	}

	private ObjectProperty property(SortColumn column) {
		String name = column.name();
		return this.form.properties().stream().filter((property) -> {
			SystemProperty system = property.system();
			return (system != null) ? system.columnName().equals(name) : property.name().equals(name);
		})
			.findFirst()
			.orElseThrow(() -> new InvalidEntityException(
					"The entities '%s' after another cannot be found in the order of '%s', which objects of %s do not tell."
						.formatted(this.entity, name, this.type.getName())));
	}

	/** An object as the entity that it was read from, as far as it tells. */
	EntityRecord record(T object) {
		Map<SystemProperty, Object> known = new HashMap<>();
		for (ObjectProperty property : this.form.properties()) {
			SystemProperty system = property.system();
			Object value = (system != null) ? property.of(object) : null;
			if (system != null && value != null) {
				known.put(system, value);
			}
		}
		Map<String, @Nullable Object> fields = new HashMap<>();
		this.fields.forEach((field) -> fields.put(field.name(), field.of(object)));
		return new EntityRecord(this.entity, String.valueOf(known.get(SystemProperty.ID)),
				known(known, SystemProperty.VERSION, Long.class, 0L),
				known(known, SystemProperty.CREATED_AT, Instant.class, Instant.EPOCH),
				text(known.get(SystemProperty.CREATED_BY)),
				known(known, SystemProperty.UPDATED_AT, Instant.class, Instant.EPOCH),
				text(known.get(SystemProperty.UPDATED_BY)),
				(Instant) this.values.as(ResolvableType.forClass(Instant.class), known.get(SystemProperty.DELETED_AT)),
				fields);
	}

	private <V> V known(Map<SystemProperty, Object> known, SystemProperty property, Class<V> as, V otherwise) {
		Object value = this.values.as(ResolvableType.forClass(as), known.get(property));
		return (value != null) ? as.cast(value) : otherwise;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
