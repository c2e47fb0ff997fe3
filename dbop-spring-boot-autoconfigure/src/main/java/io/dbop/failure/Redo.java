package io.dbop.failure;

/**
 * How much has to be done again after a failure, from nothing to everything on another
 * connection.
 */
public enum Redo {

	/** Doing it again does not help, or is not safe. */
	NEVER,

	/**
	 * The work since the last savepoint; without one, the transaction. What came before
	 * the savepoint stands.
	 */
	SAVEPOINT,

	/** The whole transaction: the server has undone it, savepoints included. */
	TRANSACTION,

	/** The whole transaction, on a new connection: this one is of no more use. */
	CONNECTION;

	/**
	 * Whether the failure has undone the whole transaction it struck.
	 * @return whether nothing of the transaction is left to continue with
	 */
	public boolean undoesTransaction() {
		return this == TRANSACTION || this == CONNECTION;
	}

}
