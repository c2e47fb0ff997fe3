package io.dbop.execution;

/**
 * What each attempt of an operation runs in, so that a failed one leaves nothing behind.
 */
public enum Scope {

	/**
	 * In a transaction of the caller a savepoint, else a transaction of its own. Where
	 * Spring's {@code @Transactional} manages the method, what that asks for.
	 */
	AUTO,

	/**
	 * Nothing: statements commit as the connection is set. An attempt that has committed
	 * a write already is not repeated unless it is idempotent.
	 */
	NONE,

	/**
	 * For a single statement: as {@link #NONE}, unless a {@link PreAttemptHook} needs a
	 * transaction. Then it is the caller's if there is one, else one of its own, which
	 * may write.
	 */
	STATEMENT,

	/**
	 * A transaction: the caller's if there is one, in which case nothing is retried
	 * inside it, else one of its own.
	 */
	TRANSACTION,

	/**
	 * A savepoint in the caller's transaction. Without one the call is refused.
	 */
	SAVEPOINT

}
