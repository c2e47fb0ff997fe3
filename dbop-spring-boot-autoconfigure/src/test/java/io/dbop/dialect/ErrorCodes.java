package io.dbop.dialect;

import java.sql.SQLException;

import io.dbop.failure.Classification;
import io.dbop.failure.Doubt;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asserts what a code means, written as {@code KIND/REDO/DOUBT}.
 */
final class ErrorCodes {

	private ErrorCodes() {
	}

	static void assertMeaning(Dialect dialect, SQLException exception, String meaning) {
		String[] parts = meaning.split("/");
		assertThat(dialect.classify(exception)).isEqualTo(
				new Classification(FailureKind.valueOf(parts[0]), Redo.valueOf(parts[1]), Doubt.valueOf(parts[2])));
	}

}
