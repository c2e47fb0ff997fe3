package io.dbop.database;

import org.jspecify.annotations.Nullable;

/**
 * Work that is done in a transaction.
 *
 * @param <T> what it returns
 * @param <E> the checked exception that it throws
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object, E extends Exception> {

	/**
	 * Does the work. Called again, in a new transaction, when it is repeated.
	 * @param transaction the transaction
	 * @return the result
	 * @throws E if it fails, which rolls the transaction back
	 */
	T in(DatabaseTransaction transaction) throws E;

}
