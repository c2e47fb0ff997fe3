package io.dbop.entity;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What objects may be told of their entity beside its fields. */
enum SystemProperty {

	ID("id", SystemColumn.ID, EntityRecord::id),

	VERSION("version", SystemColumn.VERSION, EntityRecord::version),

	CREATED_AT("createdAt", SystemColumn.CREATED_AT, EntityRecord::createdAt),

	CREATED_BY("createdBy", SystemColumn.CREATED_BY, EntityRecord::createdBy),

	UPDATED_AT("updatedAt", SystemColumn.UPDATED_AT, EntityRecord::updatedAt),

	UPDATED_BY("updatedBy", SystemColumn.UPDATED_BY, EntityRecord::updatedBy),

	DELETED_AT("deletedAt", SystemColumn.DELETED_AT, EntityRecord::deletedAt);

	private static final Map<String, SystemProperty> BY_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap((property) -> property.propertyName, Function.identity()));

	private final String propertyName;

	private final SystemColumn column;

	private final Function<EntityRecord, @Nullable Object> value;

	SystemProperty(String propertyName, SystemColumn column, Function<EntityRecord, @Nullable Object> value) {
		this.propertyName = propertyName;
		this.column = column;
		this.value = value;
	}

	String columnName() {
		return this.column.columnName();
	}

	@Nullable Object of(EntityRecord record) {
		return this.value.apply(record);
	}

	static @Nullable SystemProperty named(String name) {
		return BY_NAME.get(name);
	}

}
