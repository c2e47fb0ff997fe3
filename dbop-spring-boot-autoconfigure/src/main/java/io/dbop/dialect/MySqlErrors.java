package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.retryable;

/**
 * The vendor codes of MySQL alone.
 */
final class MySqlErrors {

	// @formatter:off
	static final ErrorTable TABLE = InnoDbErrors.TABLE.with(ErrorTable.of(
			// idle for too long, which is another thing to MariaDB
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "4031"),

			// the primary of a group is about to hand over
			row(retryable(FailureKind.READ_ONLY_SERVER, Redo.CONNECTION), "4094")));
	// @formatter:on

	private MySqlErrors() {
	}

}
