package io.dbop.entity;

import java.sql.SQLException;

import io.dbop.dialect.ColumnType;
import org.jspecify.annotations.Nullable;

/** Gives the columns of a row, in the order of {@link EntityTables#columns}. */
@FunctionalInterface
interface RowSource {

	/**
	 * The value of a column.
	 * @param index the column, from 1
	 * @param type the kind of column
	 * @return the value, of the Java type of that kind
	 */
	@Nullable Object get(int index, ColumnType type) throws SQLException;

}
