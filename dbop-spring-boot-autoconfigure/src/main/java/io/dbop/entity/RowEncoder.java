package io.dbop.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.dbop.entity.value.Encoded;
import io.dbop.entity.value.ExactValues;
import io.dbop.entity.value.FieldType;
import io.dbop.entity.value.FieldValues;
import io.dbop.entity.value.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the fields of saves into what columns hold, and says what columns that takes.
 * Thread-safe.
 */
final class RowEncoder {

	private final String alias;

	private final FieldValues values;

	private final EntitySettings settings;

	RowEncoder(String alias, FieldValues values, EntitySettings settings) {
		this.alias = alias;
		this.values = values;
		this.settings = settings;
	}

	/**
	 * The fields that a schema does not have, or has with a type that is too narrow.
	 * @throws EntityTypeException if no type would do
	 */
	Map<String, FieldType> missing(EntitySchema schema, Map<String, ? extends @Nullable Object> fields) {
		Map<String, FieldType> missing = Map.of();
		for (Map.Entry<String, ? extends @Nullable Object> field : fields.entrySet()) {
			Object value = field.getValue();
			FieldType wanted = (value != null) ? wanted(schema, field.getKey(), value) : null;
			if (wanted != null) {
				missing = missing.isEmpty() ? new LinkedHashMap<>() : missing;
				missing.put(field.getKey(), wanted);
			}
		}
		return missing;
	}

	/** The same for several rows at once. */
	void addMissing(EntitySchema schema, Map<String, ? extends @Nullable Object> fields, Map<String, FieldType> all) {
		missing(schema, fields).forEach(
				(field, type) -> all.merge(field, type, (one, other) -> widened(schema.entity(), field, one, other)));
	}

	private @Nullable FieldType wanted(EntitySchema schema, String field, Object value) {
		FieldType type = typeOf(field, value);
		FieldType known = schema.type(field);
		boolean settled = schema.records(field) || this.settings.mode(schema.entity()) != EntityMode.EVOLVE;
		if (type == null || (type.equals(known) && settled)) {
			return null;
		}
		if (known == null) {
			checkNew(schema, field);
			return type;
		}
		FieldType both = widened(schema.entity(), field, known, type);
		return (both.equals(known) && settled) || settledWithoutColumn(schema, known, both) ? null : both;
	}

	/** Where nobody may record another type, the exact values still tell it. */
	private boolean settledWithoutColumn(EntitySchema schema, FieldType known, FieldType both) {
		return this.settings.mode(schema.entity()) != EntityMode.EVOLVE && known.column() == both.column();
	}

	private FieldType widened(String entity, String field, FieldType known, FieldType type) {
		FieldType both = known.widenedBy(type);
		if (both != null) {
			return both;
		}
		if (this.settings.onTypeConflict() == TypeConflict.TEXT) {
			return FieldType.parse("string");
		}
		throw new EntityTypeException(entity, field,
				"The field '%s' of the entity '%s' of database '%s' has values of the type %s (a column of the kind %s), which cannot hold one of the type %s. Nothing was saved. Save it under another name, convert it, or set dbop.entity.on-type-conflict to text."
					.formatted(field, entity, this.alias, known.name(), known.column(), type.name()));
	}

	private void checkNew(EntitySchema schema, String field) {
		String twin = schema.twin(field);
		if (twin != null) {
			throw new InvalidEntityException(
					"The entity '%s' of database '%s' has a field '%s', which on some databases is the same as '%s'. Use that name, or another one."
						.formatted(schema.entity(), this.alias, twin, field));
		}
		String foreign = schema.foreignType(field);
		if (foreign != null) {
			throw new InvalidEntityException(
					"The column '%s' of the entity '%s' of database '%s' has the type %s, which entities have no values for."
						.formatted(field, schema.entity(), this.alias, foreign));
		}
	}

	private @Nullable FieldType typeOf(String field, Object value) {
		try {
			return this.values.typeOf(value);
		}
		catch (InvalidValueException ex) {
			throw ex.inField(field);
		}
	}

	/** Of fields without a column there are only nulls left, which need none. */
	EncodedRow encode(EntitySchema schema, Change change) {
		Map<String, @Nullable Object> sorted = new TreeMap<>(change.fields());
		sorted.keySet().removeIf((field) -> schema.type(field) == null);
		List<@Nullable Object> held = new ArrayList<>(sorted.size());
		Map<String, String> exact = new LinkedHashMap<>();
		sorted.forEach((field, value) -> {
			FieldType type = schema.type(field);
			if (value == null || type == null || this.values.isNothing(value)) {
				held.add(null);
				return;
			}
			Encoded encoded = encode(field, type, value);
			held.add(encoded.column());
			if (encoded.exact() != null) {
				exact.put(field, encoded.exact());
			}
		});
		return new EncodedRow(change, new Shape(List.copyOf(sorted.keySet()), change.fresh()), held,
				exact.isEmpty() ? null : ExactValues.write(exact));
	}

	private Encoded encode(String field, FieldType known, Object value) {
		try {
			FieldType type = this.values.typeOf(value);
			FieldType both = (type == null || known.equals(type)) ? known : known.widenedBy(type);
			if (both == null || both.column() != known.column()) {
				return this.values.encode(known, this.values.asText(value));
			}
			return this.values.encode(both, value);
		}
		catch (InvalidValueException ex) {
			throw ex.inField(field);
		}
	}

}
