package io.dbop.entity;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dbop.dialect.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The columns that every entity has, in its table and in that of its history. A row of
 * the history is a copy of what the row of the entity had become.
 */
enum SystemColumn {

	ID("id", ColumnType.KEY, true),

	/** How often the entity has been changed. */
	VERSION("version", ColumnType.BIGINT, true),

	CREATED_AT("created_at", ColumnType.INSTANT, true),

	CREATED_BY("created_by", ColumnType.TEXT, false),

	UPDATED_AT("updated_at", ColumnType.INSTANT, true),

	UPDATED_BY("updated_by", ColumnType.TEXT, false),

	DELETED_AT("deleted_at", ColumnType.INSTANT, false),

	/** The last {@link EntityChange}. */
	OPERATION("_operation", ColumnType.TEXT, true),

	COMMENT("_comment", ColumnType.TEXT, false),

	/**
	 * The revision of the schema that the last writer knew: whoever knows an older one
	 * does not know all fields of the row.
	 */
	REVISION("_revision", ColumnType.INTEGER, true),

	/** The values of fields that their columns hold only nearly. */
	EXACT("_exact", ColumnType.JSON, false);

	private static final Map<String, SystemColumn> BY_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(SystemColumn::columnName, Function.identity()));

	private final String columnName;

	private final ColumnType type;

	private final boolean required;

	SystemColumn(String columnName, ColumnType type, boolean required) {
		this.columnName = columnName;
		this.type = type;
		this.required = required;
	}

	String columnName() {
		return this.columnName;
	}

	ColumnType type() {
		return this.type;
	}

	/** Whether it is never null. */
	boolean required() {
		return this.required;
	}

	/** Its place in a row that was asked for as {@link RowReader} does. */
	int index() {
		return ordinal() + 1;
	}

	static @Nullable SystemColumn named(String name) {
		return BY_NAME.get(name);
	}

}
