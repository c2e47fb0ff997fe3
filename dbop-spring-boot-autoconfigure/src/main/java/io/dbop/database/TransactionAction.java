package io.dbop.database;

/**
 * Work without a result that is done in a transaction.
 *
 * @param <E> the checked exception that it throws
 */
@FunctionalInterface
public interface TransactionAction<E extends Exception> {

	/**
	 * Does the work. Called again, in a new transaction, when it is repeated.
	 * @param transaction the transaction
	 * @throws E if it fails, which rolls the transaction back
	 */
	void in(DatabaseTransaction transaction) throws E;

}
