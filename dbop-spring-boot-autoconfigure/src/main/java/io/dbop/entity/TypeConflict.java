package io.dbop.entity;

/** What is done when a field is given a value that its column cannot hold. */
public enum TypeConflict {

	/** The save is refused. */
	REFUSE,

	/** The column becomes a text, and the values in it texts. */
	TEXT

}
