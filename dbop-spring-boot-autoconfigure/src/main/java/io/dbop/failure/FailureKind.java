package io.dbop.failure;

/**
 * The kinds of failure that dbop tells apart. A kind says what happened; what may be done
 * about it is in {@link Classification}.
 */
public enum FailureKind {

	/** The server could not be reached or refused the connection. */
	CONNECT(true),

	/** An open connection broke, or the server ended it. */
	CONNECTION_LOST(true),

	/** No connection of the pool became free within the acquisition timeout. */
	ACQUISITION_TIMEOUT(true),

	/** A statement or an attempt ran out of its time. */
	STATEMENT_TIMEOUT(true),

	/** The server is out of memory, disk, connections or another resource. */
	OUT_OF_RESOURCES(true),

	/** The server chose this transaction, or statement, to resolve a deadlock. */
	DEADLOCK(false),

	/** The transaction conflicts with a concurrent one and has to run again. */
	SERIALIZATION(false),

	/** A lock was not granted in time, or at once where that was asked for. */
	LOCK_TIMEOUT(false),

	/** The schema changed under a prepared statement or plan. */
	SCHEMA_CHANGED(false),

	/** The server takes no writes, as after a change of primary. */
	READ_ONLY_SERVER(false),

	/**
	 * Refused because an earlier failure has ended the transaction or its savepoint: a
	 * consequence, not a cause.
	 */
	TRANSACTION_ABORTED(false),

	/**
	 * Refused because the connection was closed or lost before: a consequence, not a
	 * cause.
	 */
	CONNECTION_CLOSED(false),

	/** Someone cancelled the statement on purpose. */
	CANCELLED(false),

	/** A constraint was violated. */
	CONSTRAINT(false),

	/** Bad SQL, bad data, missing rights: it fails again however often it is tried. */
	PERMANENT(false),

	/** A failure of the database that no table knows. */
	UNKNOWN(false),

	/** Not a failure of a database: business exceptions and the like. */
	APPLICATION(false);

	private final boolean health;

	FailureKind(boolean health) {
		this.health = health;
	}

	/**
	 * Whether a failure of this kind speaks of the health of the database, and so counts
	 * in its circuit breaker.
	 * @return whether circuit breakers count it
	 */
	public boolean speaksOfHealth() {
		return this.health;
	}

	/**
	 * Whether a failure of this kind is a conflict with others, one of whom succeeded:
	 * the database works, and to repeat what lost is part of the work.
	 * @return whether retries of it are no sign of a database that fails
	 */
	public boolean isConflict() {
		return this == DEADLOCK || this == SERIALIZATION || this == LOCK_TIMEOUT || this == SCHEMA_CHANGED;
	}

	/**
	 * Whether a failure of this kind only follows from an earlier one, which is to be
	 * looked for: in the chain of the exception, or in what the connection recorded.
	 * @return whether something else is the cause
	 */
	public boolean isConsequence() {
		return this == TRANSACTION_ABORTED || this == CONNECTION_CLOSED;
	}

}
