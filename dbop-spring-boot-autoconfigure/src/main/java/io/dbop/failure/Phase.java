package io.dbop.failure;

/**
 * What a connection was doing when a failure struck. It decides, more than any error
 * code, whether work may already be committed.
 */
public enum Phase {

	/** No connection was had yet: nothing was sent. */
	ACQUIRING,

	/** A transaction was being opened: nothing of the call was sent. */
	BEGINNING,

	/** A statement was under way inside a transaction that has not been committed. */
	EXECUTING,

	/**
	 * A statement was under way that commits by itself: its effect may stand although its
	 * answer was lost.
	 */
	AUTOCOMMIT,

	/** COMMIT was begun and its confirmation did not arrive. */
	COMMITTING,

	/**
	 * A transaction was being rolled back: always the consequence of something earlier.
	 */
	ROLLING_BACK

}
