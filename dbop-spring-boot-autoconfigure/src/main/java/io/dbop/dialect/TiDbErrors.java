package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.retryable;

/**
 * The vendor codes of TiDB, beside those of MySQL that it uses too.
 */
final class TiDbErrors {

	// @formatter:off
	static final ErrorTable TABLE = MySqlErrors.TABLE.with(ErrorTable.of(
			// write conflicts, which its documentation says may be done again
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "8002", "8005", "8022", "9007"),
			// the schema changed under the transaction
			row(retryable(FailureKind.SCHEMA_CHANGED, Redo.TRANSACTION), "8028"),

			// a part of the cluster does not answer, or has too much to do: nothing is said of a commit
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "9001", "9002", "9005"),
			row(doubtfulAtCommit(FailureKind.OUT_OF_RESOURCES, Redo.TRANSACTION), "9003", "9008"),
			row(doubtfulAtCommit(FailureKind.LOCK_TIMEOUT, Redo.TRANSACTION), "9004")));
	// @formatter:on

	private TiDbErrors() {
	}

}
