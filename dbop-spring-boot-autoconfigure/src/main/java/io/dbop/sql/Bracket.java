package io.dbop.sql;

/**
 * What a bracket, or a parenthesis, is there for.
 */
enum Bracket {

	/** {@code [name]}. */
	NAME,

	/** {@code a[1]}, {@code a[lo:hi]}, {@code int[]}. */
	SUBSCRIPT,

	/** {@code ARRAY[1, 2]}, {@code ARRAY[[1, 2], [3, 4]]}. */
	CONSTRUCTOR,

	/** A parenthesis. */
	PARENTHESIS

}
