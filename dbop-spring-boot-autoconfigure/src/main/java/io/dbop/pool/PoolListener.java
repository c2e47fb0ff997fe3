package io.dbop.pool;

/**
 * Told of what happens on the connections of a pool, on the thread on which it happens.
 * Must not take long.
 */
public interface PoolListener {

	/**
	 * Something that may have written was committed, or may have been.
	 */
	default void written() {
	}

	/**
	 * A connection broke while it was used.
	 * @param why what the driver said
	 */
	default void lost(String why) {
	}

}
