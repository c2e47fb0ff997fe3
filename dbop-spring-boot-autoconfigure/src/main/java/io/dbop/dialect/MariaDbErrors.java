package io.dbop.dialect;

import io.dbop.failure.FailureKind;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.never;

/**
 * The vendor codes of MariaDB, which means other things than MySQL by those above 4000.
 */
final class MariaDbErrors {

	// @formatter:off
	static final ErrorTable TABLE = InnoDbErrors.TABLE.with(ErrorTable.of(
			row(never(FailureKind.CONSTRAINT), "4025")));
	// @formatter:on

	private MariaDbErrors() {
	}

}
