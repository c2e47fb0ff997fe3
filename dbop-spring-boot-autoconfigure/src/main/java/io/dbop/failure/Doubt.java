package io.dbop.failure;

/**
 * Whether work may be committed although a failure was reported.
 */
public enum Doubt {

	/**
	 * The server says that nothing was committed, in whatever phase it said so. Or there
	 * was no server, where that is told of anything but a commit.
	 */
	NONE,

	/** Committed or not if it struck a commit or a statement that commits by itself. */
	AT_COMMIT,

	/** Committed or not, whatever was under way. */
	ALWAYS

}
