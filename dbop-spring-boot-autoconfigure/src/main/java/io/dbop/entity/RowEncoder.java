package io.dbop.entity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
	 * The fields that a schema does not have, or has with a type that is too narrow for
	 * one of several saves.
	 * @throws EntityTypeException if no type would do
	 */
	Map<String, FieldType> missing(EntitySchema schema, Collection<Change> changes) {
		Map<String, FieldType> missing = new LinkedHashMap<>();
		Layout layout = null;
		for (Change change : changes) {
			if (layout == null || !layout.suits(schema, change)) {
				layout = schema.layout(change);
			}
			addMissing(schema, layout, change.fields(), missing);
		}
		return missing;
	}

	private void addMissing(EntitySchema schema, Layout layout, Fields fields, Map<String, FieldType> missing) {
		for (int i = 0; i < fields.names().size(); i++) {
			Object value = fields.value(i);
			String field = fields.names().get(i);
			FieldType type = (value != null) ? typeOf(schema, field, value) : null;
			FieldType wanted = (type != null && !layout.settles(i, type)) ? wanted(schema, field, type) : null;
			if (wanted != null) {
				missing.merge(field, wanted, (one, other) -> widened(schema.entity(), field, one, other));
			}
		}
	}

	private @Nullable FieldType wanted(EntitySchema schema, String field, FieldType type) {
		FieldType known = schema.type(field);
		boolean settled = schema.records(field) || this.settings.mode(schema.entity()) != EntityMode.EVOLVE;
		if (type.equals(known) && settled) {
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

	private @Nullable FieldType typeOf(EntitySchema schema, String field, Object value) {
		try {
			return this.values.typeOf(value);
		}
		catch (InvalidValueException ex) {
			throw refused(schema, field, ex);
		}
	}

	EncodedRow encode(EntitySchema schema, Change change) {
		return encode(schema, change, schema.layout(change));
	}

	/**
	 * The same for one of many, most of which have the same fields.
	 * @param before the one that was encoded before it
	 */
	EncodedRow encodeAfter(EncodedRow before, EntitySchema schema, Change change) {
		boolean alike = before.layout().suits(schema, change);
		return encode(schema, change, alike ? before.layout() : schema.layout(change));
	}

	private EncodedRow encode(EntitySchema schema, Change change, Layout layout) {
		List<@Nullable Object> held = new ArrayList<>(layout.size());
		Map<String, String> exact = Map.of();
		for (int i = 0; i < layout.size(); i++) {
			Object value = change.fields().value(layout.place(i));
			if (value == null || this.values.isNothing(value)) {
				held.add(null);
				continue;
			}
			String field = layout.shape().fields().get(i);
			Encoded encoded = encode(schema, field, layout.type(i), value);
			held.add(encoded.column());
			if (encoded.exact() != null) {
				exact = exact.isEmpty() ? new LinkedHashMap<>() : exact;
				exact.put(field, encoded.exact());
			}
		}
		return new EncodedRow(change, layout, held, exact.isEmpty() ? null : ExactValues.write(exact));
	}

	private Encoded encode(EntitySchema schema, String field, FieldType known, Object value) {
		try {
			FieldType type = this.values.typeOf(value);
			FieldType both = (type == null || known.equals(type)) ? known : known.widenedBy(type);
			if (both == null || both.column() != known.column()) {
				return this.values.encode(known, this.values.asText(value));
			}
			return both.equals(known) ? this.values.encode(known, value) : this.values.encode(known, both, value);
		}
		catch (InvalidValueException ex) {
			throw refused(schema, field, ex);
		}
	}

	private InvalidEntityException refused(EntitySchema schema, String field, InvalidValueException ex) {
		return new InvalidEntityException(
				"The field '%s' of the entity '%s' of database '%s' cannot be saved: %s. Nothing was saved."
					.formatted(field, schema.entity(), this.alias, ex.reason()),
				ex);
	}

}
