package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;
import static io.dbop.failure.Classification.retryable;

/**
 * The result codes of SQLite: the extended ones by the name that the driver puts before
 * its message, since its vendor code has the primary ones only, which stand here too.
 */
final class SqliteErrors {

	// @formatter:off
	static final ErrorTable TABLE = ErrorTable.of(
			// a COMMIT that is refused so has committed nothing
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.SAVEPOINT), "5"),
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.TRANSACTION), "6"),

			// what was read is outdated: this transaction can never write
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "SQLITE_BUSY_SNAPSHOT"),
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "SQLITE_ABORT_ROLLBACK"),
			row(retryable(FailureKind.SCHEMA_CHANGED, Redo.SAVEPOINT), "17"),

			// somebody interrupted it, which is how time limits end a statement
			row(never(FailureKind.STATEMENT_TIMEOUT), "9"),

			row(never(FailureKind.OUT_OF_RESOURCES), "7", "13"),
			row(doubtfulAtCommit(FailureKind.OUT_OF_RESOURCES, Redo.NEVER), "10"),
			row(never(FailureKind.CONNECT), "14"),
			row(never(FailureKind.CONSTRAINT), "19"),
			row(never(FailureKind.PERMANENT), "1", "2", "3", "4", "8", "11", "12", "15", "16", "18", "20", "21", "22",
					"23", "24", "25", "26"));
	// @formatter:on

	private SqliteErrors() {
	}

}
