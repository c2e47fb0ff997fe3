package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;
import static io.dbop.failure.Classification.outcomeUnknown;
import static io.dbop.failure.Classification.retryable;

/**
 * What the SQLSTATEs mean that the SQL standard defines, or that several databases agree
 * on. A code of two characters stands for the rest of its class.
 */
final class SqlStates {

	// @formatter:off
	static final ErrorTable TABLE = ErrorTable.of(
			// 08: connections. 08001 and 08004 strike while connecting; at a commit they are in doubt.
			row(retryable(FailureKind.CONNECT, Redo.CONNECTION), "08001", "08004"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_CLOSED, Redo.CONNECTION), "08003"),
			row(outcomeUnknown(FailureKind.CONNECTION_LOST), "08007"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "08"),

			// 40: the database has rolled the transaction back
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "40000", "40001"),
			row(never(FailureKind.CONSTRAINT), "40002"),
			row(outcomeUnknown(FailureKind.CONNECTION_LOST), "40003"),

			// 25: 25006 is what a replica, or a primary that became one, says to a write
			row(retryable(FailureKind.READ_ONLY_SERVER, Redo.CONNECTION), "25006"),
			row(never(FailureKind.TRANSACTION_ABORTED), "25P02", "3B001"),

			// the time of a statement is over, in the words of ODBC
			row(never(FailureKind.STATEMENT_TIMEOUT), "HYT00"),

			// never: constraints, data, grammar, rights, what users raise themselves
			row(never(FailureKind.CONSTRAINT), "23"),
			row(never(FailureKind.PERMANENT), "0A", "21", "22", "28", "2F", "38", "42", "44", "45"));
	// @formatter:on

	private SqlStates() {
	}

}
