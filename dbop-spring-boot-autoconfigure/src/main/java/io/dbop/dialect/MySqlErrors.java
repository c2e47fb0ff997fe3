package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;
import static io.dbop.failure.Classification.retryable;

/**
 * The vendor codes of MySQL, its group replication, and TiDB.
 */
final class MySqlErrors {

	// @formatter:off
	static final ErrorTable TABLE = InnoDbErrors.TABLE.with(ErrorTable.of(
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.SAVEPOINT), "3572"),
			row(never(FailureKind.STATEMENT_TIMEOUT), "3024"),
			row(never(FailureKind.CONSTRAINT), "3819"),

			// group replication: a conflict found while committing; a member without quorum
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "3101"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "3100", "4031"),

			// TiDB: write conflicts, and a schema that changed under the transaction
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "8002", "8022", "9007"),
			row(retryable(FailureKind.SCHEMA_CHANGED, Redo.TRANSACTION), "8028")));
	// @formatter:on

	private MySqlErrors() {
	}

}
