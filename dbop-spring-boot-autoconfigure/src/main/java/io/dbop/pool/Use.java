package io.dbop.pool;

/**
 * What a connection has been used for since it was borrowed, the most that there was.
 */
enum Use {

	/** For nothing yet. */
	NOTHING,

	/** To read, and for nothing else. */
	READS,

	/** For something that may have written. */
	WRITES

}
