package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;
import static io.dbop.failure.Classification.retryable;

/**
 * The vendor codes of H2, which are its SQLSTATEs as numbers where the standard has one.
 */
final class H2Errors {

	// @formatter:off
	static final ErrorTable TABLE = ErrorTable.of(
			// a deadlock undoes the whole transaction, a lock timeout the statement
			row(retryable(FailureKind.DEADLOCK, Redo.TRANSACTION), "40001"),
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.SAVEPOINT), "50200"),
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "90131"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "90067", "90098", "90121"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_CLOSED, Redo.CONNECTION), "90007"),
			row(never(FailureKind.STATEMENT_TIMEOUT), "57014"),
			row(never(FailureKind.TRANSACTION_ABORTED), "90063"),
			row(never(FailureKind.OUT_OF_RESOURCES), "90108", "90100"));
	// @formatter:on

	private H2Errors() {
	}

}
