package io.dbop.entity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.Dialect;
import io.dbop.dialect.TableSql;

/**
 * The tables of an entity as a database writes them.
 *
 * @param entity the name of the entity
 * @param main the quoted name of its table
 * @param history the quoted name of the table of its history
 * @param dialect the dialect of the database
 */
record EntityTables(String entity, String main, String history, Dialect dialect) {

	static EntityTables of(String entity, Dialect dialect) {
		return new EntityTables(entity, dialect.syntax().quote(entity),
				dialect.syntax().quote(entity + EntityNames.HISTORY), dialect);
	}

	TableSql sql() {
		return this.dialect.tables();
	}

	String quote(String column) {
		return this.dialect.syntax().quote(column);
	}

	String quote(SystemColumn column) {
		return this.dialect.syntax().quote(column.columnName());
	}

	String marker(ColumnType type) {
		return this.dialect.columns().marker(type);
	}

	/** All columns, as {@link RowReader} expects them. */
	List<String> columns(Collection<String> fields) {
		List<String> columns = new ArrayList<>();
		for (SystemColumn column : SystemColumn.values()) {
			columns.add(quote(column));
		}
		fields.forEach((field) -> columns.add(quote(field)));
		return columns;
	}

	String columnList(EntitySchema schema) {
		return schema.text("columns", (key) -> String.join(", ", columns(schema.fields().keySet())));
	}

}
