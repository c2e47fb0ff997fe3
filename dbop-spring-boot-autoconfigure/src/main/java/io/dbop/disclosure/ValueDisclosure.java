package io.dbop.disclosure;

/**
 * How much of a value is told.
 */
public enum ValueDisclosure {

	/** The value itself, unless its name says that it is a secret. */
	FULL,

	/** Its type, and its size if it has one. */
	MASKED,

	/** Nothing, not even that there is one. */
	NONE

}
