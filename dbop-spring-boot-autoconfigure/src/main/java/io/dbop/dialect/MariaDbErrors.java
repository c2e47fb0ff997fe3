package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;

/**
 * The vendor codes of MariaDB, which means other things than MySQL by those above 1900.
 */
final class MariaDbErrors {

	// @formatter:off
	static final ErrorTable TABLE = InnoDbErrors.TABLE.with(ErrorTable.of(
			row(never(FailureKind.STATEMENT_TIMEOUT), "1969"),
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "1927"),
			row(never(FailureKind.CONSTRAINT), "4025")));
	// @formatter:on

	private MariaDbErrors() {
	}

}
