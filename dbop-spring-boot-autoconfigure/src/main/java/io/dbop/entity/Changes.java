package io.dbop.entity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Checks what is to be saved, and gives it an id if it has none. */
final class Changes {

	private static final String ID = SystemColumn.ID.columnName();

	private Changes() {
	}

	static Change of(String entity, @Nullable Object id, Map<String, ? extends @Nullable Object> given) {
		return of(entity, id, given, Fields.of(given, null));
	}

	/**
	 * One of many, most of which have the same fields.
	 * @param before the one before it, or {@code null}
	 */
	static Change after(@Nullable Change before, String entity, Map<String, ? extends @Nullable Object> given) {
		return of(entity, given.get(ID), given, Fields.of(given, (before != null) ? before.fields() : null));
	}

	private static Change of(String entity, @Nullable Object id, Map<String, ? extends @Nullable Object> given,
			Fields fields) {
		Object within = given.get(ID);
		String known = text(entity, id);
		if (within != null && !isBlank(within) && !known.isBlank() && !text(entity, within).equals(known)) {
			throw new InvalidEntityException(
					"An entity '%s' was to be saved under one id, and its fields have another.".formatted(entity));
		}
		if (known.isBlank() && within != null && !isBlank(within)) {
			known = text(entity, within);
		}
		if (known.isBlank()) {
			return new Change(UUID.randomUUID().toString(), true, fields);
		}
		EntityNames.checkId(entity, known);
		return new Change(known, false, fields);
	}

	private static boolean isBlank(Object id) {
		return id instanceof String text && text.isBlank();
	}

	/** Of others nobody would expect two that are equal to be different texts. */
	private static boolean isWhole(Object id) {
		return id instanceof Long || id instanceof Integer || id instanceof Short || id instanceof Byte
				|| id instanceof BigInteger || (id instanceof BigDecimal decimal && decimal.scale() == 0);
	}

	private static String text(String entity, @Nullable Object id) {
		if (id == null) {
			return "";
		}
		if (id instanceof String || id instanceof UUID || isWhole(id)) {
			return id.toString();
		}
		throw new InvalidEntityException(
				"The id of an entity '%s' is a String, a UUID or a whole number, and not of type %s.".formatted(entity,
						id.getClass().getName()));
	}

}
