package io.dbop.dialect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a database holds the values of entities: the types of its columns, and what becomes
 * of values in them. Stateless and thread-safe.
 */
public interface ColumnValues {

	/**
	 * The type of a column as it stands where a table is created or a column added.
	 * @param type the kind of column
	 * @return the type, character set and collation included: not for a cast
	 */
	String type(ColumnType type);

	/**
	 * The kind as which a column of a native type is read, also one that somebody else
	 * has made. A database may have the same type for several kinds, of which this is the
	 * plainest; a column is of a kind if its type has the same answer as that of
	 * {@link #type(ColumnType)}. Narrower types, such as {@code smallint} and
	 * {@code varchar(20)}, are of the kind that they are part of: the database refuses or
	 * rounds what does not fit.
	 * @param nativeType the type as the catalogue of the database or its driver spells
	 * it, with arguments or without, or what {@link #type(ColumnType)} gave
	 * @return the kind, or {@code null} if it is none of them
	 */
	@Nullable ColumnType kindOf(String nativeType);

	/**
	 * What a column gives back when it is given a value: the nearest that it can hold.
	 * Values that go through this go into the column unchanged.
	 * @param type the kind of column
	 * @param value the value, of the Java type of that kind
	 * @return the value that it holds, of the same Java type; {@code null} if it can hold
	 * nothing like it
	 */
	@Nullable Object held(ColumnType type, Object value);

	/**
	 * A held value as the parameter of a statement.
	 * @param type the kind of column
	 * @param value what {@link #held} made of the value
	 * @return the parameter
	 */
	Object parameter(ColumnType type, Object value);

	/**
	 * The marker of a parameter for a column, where a bare one will not do.
	 * @param type the kind of column
	 * @return the marker, such as {@code CAST(? AS jsonb)}
	 */
	String marker(ColumnType type);

	/**
	 * Reads a column.
	 * @param row the row
	 * @param index the column, from 1
	 * @param type the kind of column
	 * @return the value, of the Java type of that kind, or {@code null}
	 * @throws SQLException if it cannot be read, or holds what is not of that kind
	 */
	@Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException;

	/**
	 * The values of one column of several rows as a single parameter, where the database
	 * has arrays.
	 * @param type the kind of column
	 * @param values held values, or {@code null}
	 * @return the parameter
	 */
	default Object arrayParameter(ColumnType type, List<? extends @Nullable Object> values) {
		throw new UnsupportedOperationException("This database has no arrays");
	}

	/**
	 * The marker of such a parameter.
	 * @param type the kind of column
	 * @return the marker, such as {@code CAST(CAST(? AS text[]) AS numeric[])}
	 */
	default String arrayMarker(ColumnType type) {
		throw new UnsupportedOperationException("This database has no arrays");
	}

}
