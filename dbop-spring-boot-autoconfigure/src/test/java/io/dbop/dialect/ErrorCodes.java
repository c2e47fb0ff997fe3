package io.dbop.dialect;

import java.sql.SQLException;

import io.dbop.failure.Classification;
import io.dbop.failure.Doubt;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;

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

	static Classification meaningOf(Dialect dialect, SQLException exception) {
		Classification meaning = SqlExceptionChain.classify(exception, dialect::classify);
		assertThat(meaning).as("%s, state %s, code %s", exception, exception.getSQLState(), exception.getErrorCode())
			.isNotNull();
		return meaning;
	}

}
