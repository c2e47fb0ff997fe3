package io.dbop.pool;

/**
 * What the start of the application does when a database cannot be reached.
 */
public enum StartupMode {

	/** One real attempt to connect; if it fails, so does the start. */
	FAIL,

	/** Keep trying until the pool creation timeout is over, then fail. */
	WAIT,

	/** Connect when the first connection is needed. */
	LAZY

}
