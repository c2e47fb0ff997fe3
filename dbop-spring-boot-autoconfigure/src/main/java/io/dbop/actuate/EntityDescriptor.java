package io.dbop.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.dbop.entity.EntityOperations;
import io.dbop.entity.value.FieldType;

/**
 * An entity.
 *
 * @param table its table
 * @param fields the types of its fields, in the order of the columns
 */
public record EntityDescriptor(String table, Map<String, String> fields) {

	static Map<String, EntityDescriptor> of(EntityOperations entities) {
		Map<String, EntityDescriptor> all = new TreeMap<>();
		entities.known().forEach((entity, fields) -> all.put(entity, new EntityDescriptor(entity, texts(fields))));
		return all;
	}

	private static Map<String, String> texts(Map<String, FieldType> fields) {
		Map<String, String> texts = new LinkedHashMap<>();
		fields.forEach((field, type) -> texts.put(field, type.toString()));
		return texts;
	}

}
