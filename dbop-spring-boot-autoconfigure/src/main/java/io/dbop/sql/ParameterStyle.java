package io.dbop.sql;

/**
 * The form in which a statement marks its parameters. A statement uses one of them.
 */
public enum ParameterStyle {

	/** The statement has no parameters. */
	NONE,

	/** {@code ?}, one value for each. */
	POSITIONAL,

	/** {@code $1}, or {@code ?1}: in any order, as often as wanted. */
	NUMBERED,

	/** {@code :name}, in any order, as often as wanted. */
	NAMED

}
