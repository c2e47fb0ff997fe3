package io.dbop.dialect;

import java.net.ConnectException;
import java.sql.SQLException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresErrorsTests {

	private final Dialect dialect = new PostgresDialect();

	@ParameterizedTest
	@CsvSource(textBlock = """
			40001, SERIALIZATION/TRANSACTION/NONE
			40P01, DEADLOCK/SAVEPOINT/NONE
			55P03, LOCK_TIMEOUT/SAVEPOINT/NONE
			57014, STATEMENT_TIMEOUT/NEVER/NONE
			25P02, TRANSACTION_ABORTED/NEVER/NONE
			3B001, TRANSACTION_ABORTED/NEVER/NONE
			25006, READ_ONLY_SERVER/CONNECTION/NONE
			08001, CONNECT/CONNECTION/NONE
			08004, CONNECT/CONNECTION/NONE
			08000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			08003, CONNECTION_CLOSED/CONNECTION/AT_COMMIT
			08006, CONNECTION_LOST/CONNECTION/AT_COMMIT
			08P01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			08007, CONNECTION_LOST/CONNECTION/ALWAYS
			40003, CONNECTION_LOST/CONNECTION/ALWAYS
			57P01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			57P02, CONNECTION_LOST/CONNECTION/AT_COMMIT
			57P03, CONNECT/CONNECTION/NONE
			57P05, CONNECTION_LOST/CONNECTION/NONE
			25P03, CONNECTION_LOST/CONNECTION/NONE
			25P04, STATEMENT_TIMEOUT/CONNECTION/NONE
			53300, OUT_OF_RESOURCES/CONNECTION/NONE
			53000, OUT_OF_RESOURCES/TRANSACTION/NONE
			53200, OUT_OF_RESOURCES/TRANSACTION/NONE
			53400, OUT_OF_RESOURCES/TRANSACTION/NONE
			53100, OUT_OF_RESOURCES/NEVER/NONE
			55000, UNKNOWN/TRANSACTION/NONE
			55006, LOCK_TIMEOUT/TRANSACTION/NONE
			58000, OUT_OF_RESOURCES/CONNECTION/AT_COMMIT
			58030, OUT_OF_RESOURCES/CONNECTION/AT_COMMIT
			26000, SCHEMA_CHANGED/TRANSACTION/NONE
			CR000, SERIALIZATION/TRANSACTION/NONE
			""")
	void whenCodeIsKnownThenItMeans(String state, String meaning) {
		ErrorCodes.assertMeaning(this.dialect, new SQLException("FEHLER", state), meaning);
	}

	@ParameterizedTest
	@DisplayName("R12: never again")
	@CsvSource(textBlock = """
			23505, CONSTRAINT/NEVER/NONE
			23503, CONSTRAINT/NEVER/NONE
			22P02, PERMANENT/NEVER/NONE
			42601, PERMANENT/NEVER/NONE
			42P01, PERMANENT/NEVER/NONE
			42703, PERMANENT/NEVER/NONE
			28P01, PERMANENT/NEVER/NONE
			P0001, PERMANENT/NEVER/NONE
			XX000, PERMANENT/NEVER/NONE
			""")
	void whenCodeIsPermanentThenNothingIsDoneAgain(String state, String meaning) {
		ErrorCodes.assertMeaning(this.dialect, new SQLException("deadlock detected, timeout", state), meaning);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			57014 | ERROR: canceling statement due to user request           | CANCELLED/NEVER/NONE
			57014 | ERROR: canceling statement due to statement timeout      | STATEMENT_TIMEOUT/NEVER/NONE
			57014 | FEHLER: storniere Anfrage wegen Zeitüberschreitung       | STATEMENT_TIMEOUT/NEVER/NONE
			0A000 | ERROR: cached plan must not change result type           | SCHEMA_CHANGED/TRANSACTION/NONE
			0A000 | ERROR: cross-database references are not implemented     | PERMANENT/NEVER/NONE
			""")
	void whenCodeMeansSeveralThingsThenTheMessageTells(String state, String message, String meaning) {
		ErrorCodes.assertMeaning(this.dialect, new SQLException(message, state), meaning);
	}

	@Test
	void whenConnectionIsRefusedThenItIsNoLostConnection() {
		SQLException refused = new SQLException("refused", "08006", new ConnectException("refused"));
		ErrorCodes.assertMeaning(this.dialect, refused, "CONNECT/CONNECTION/AT_COMMIT");
	}

	@Test
	void whenCodeIsUnknownThenTheTableSaysNothing() {
		assertThat(this.dialect.classify(new SQLException("?", "99999"))).isNull();
	}

}
