package io.dbop.entity;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Checks what is to be saved, and gives it an id if it has none. */
final class Changes {

	private static final String ID = SystemColumn.ID.columnName();

	private Changes() {
	}

	static Change of(String entity, @Nullable Object id, Map<String, ? extends @Nullable Object> given) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>(given);
		Object within = fields.remove(ID);
		checkNames(fields.keySet());
		String known = text(entity, id);
		if (within != null && !isBlank(within) && !known.isBlank() && !text(entity, within).equals(known)) {
			throw new InvalidEntityException(
					"An entity '%s' was to be saved under one id, and its fields have another.".formatted(entity));
		}
		if (!known.isBlank()) {
			EntityNames.checkId(entity, known);
			return new Change(known, false, fields);
		}
		return (within != null && !isBlank(within)) ? of(entity, within, fields)
				: new Change(UUID.randomUUID().toString(), true, fields);
	}

	/** Some databases do not tell upper case from lower, nor accents. */
	private static void checkNames(Set<String> names) {
		boolean folded = false;
		for (String name : names) {
			if (name == null) {
				throw new InvalidEntityException("A field has no name. Nothing was sent.");
			}
			folded |= !EntityNames.checkField(name).equals(name);
		}
		if (folded) {
			requireDifferent(names);
		}
	}

	private static void requireDifferent(Set<String> names) {
		Set<String> folded = new HashSet<>();
		for (String name : names) {
			if (!folded.add(EntityNames.folded(name))) {
				throw new InvalidEntityException(
						"There are two fields '%s', which differ in case or accents alone. Nothing was sent."
							.formatted(name));
			}
		}
	}

	private static boolean isBlank(Object id) {
		return id instanceof String text && text.isBlank();
	}

	private static String text(String entity, @Nullable Object id) {
		if (id == null) {
			return "";
		}
		if (id instanceof String || id instanceof UUID || id instanceof Integer || id instanceof Long) {
			return id.toString();
		}
		throw new InvalidEntityException("The id of an entity '%s' is a String, a UUID or a number, and not of type %s."
			.formatted(entity, id.getClass().getName()));
	}

}
