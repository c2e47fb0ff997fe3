package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;
import static io.dbop.failure.Classification.retryable;

/**
 * The SQLSTATEs of PostgreSQL and of those that speak like it: Citus, CockroachDB,
 * YugabyteDB, pgbouncer.
 */
final class PostgresErrors {

	// @formatter:off
	static final ErrorTable TABLE = SqlStates.TABLE.with(ErrorTable.of(
			// concurrency: a savepoint survives a deadlock, and keeps the locks taken before it
			row(retryable(FailureKind.DEADLOCK, Redo.SAVEPOINT), "40P01"),
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "40001", "40000", "CR000"),
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.SAVEPOINT), "55P03"),
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.TRANSACTION), "55006"),
			row(retryable(FailureKind.UNKNOWN, Redo.TRANSACTION), "55000"),

			// statement_timeout, or a cancel: the message tells which
			row(never(FailureKind.STATEMENT_TIMEOUT), "57014"),

			// prepared statements lost behind pgbouncer; for 0A000 the message tells
			row(retryable(FailureKind.SCHEMA_CHANGED, Redo.TRANSACTION), "26000", "42P05"),

			// the server refuses or ends connections
			row(retryable(FailureKind.CONNECT, Redo.CONNECTION), "57P03"),
			row(retryable(FailureKind.OUT_OF_RESOURCES, Redo.CONNECTION), "53300"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "57P01", "57P02"),
			row(retryable(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "57P05", "25P03"),
			row(retryable(FailureKind.STATEMENT_TIMEOUT, Redo.CONNECTION), "25P04"),
			row(never(FailureKind.PERMANENT), "57P04"),

			// resources: a full disk does not empty itself while we wait
			row(retryable(FailureKind.OUT_OF_RESOURCES, Redo.TRANSACTION), "53000", "53200", "53400"),
			row(never(FailureKind.OUT_OF_RESOURCES), "53100"),
			row(doubtfulAtCommit(FailureKind.OUT_OF_RESOURCES, Redo.CONNECTION), "58000", "58030"),

			row(never(FailureKind.PERMANENT), "P0", "XX", "54", "3D", "3F", "F0")));
	// @formatter:on

	private PostgresErrors() {
	}

}
