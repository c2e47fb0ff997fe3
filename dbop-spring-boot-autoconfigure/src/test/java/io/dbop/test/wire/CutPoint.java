package io.dbop.test.wire;

/**
 * The moment in the life of a statement at which its connection is cut. The client sees
 * the same error at both.
 */
public enum CutPoint {

	/**
	 * The server never gets the statement.
	 */
	BEFORE_SERVER,

	/**
	 * The server has executed the statement, and its answer is lost.
	 */
	BEFORE_ANSWER

}
