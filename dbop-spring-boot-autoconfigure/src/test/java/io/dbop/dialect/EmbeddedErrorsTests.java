package io.dbop.dialect;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedErrorsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			5  | [SQLITE_BUSY] locked              | LOCK_TIMEOUT/SAVEPOINT/NONE
			5  | [SQLITE_BUSY_RECOVERY] locked     | LOCK_TIMEOUT/SAVEPOINT/NONE
			5  | [SQLITE_BUSY_SNAPSHOT] outdated   | SERIALIZATION/TRANSACTION/NONE
			6  | [SQLITE_LOCKED] locked            | LOCK_TIMEOUT/TRANSACTION/NONE
			6  | [SQLITE_LOCKED_SHAREDCACHE] locked | LOCK_TIMEOUT/TRANSACTION/NONE
			4  | [SQLITE_ABORT_ROLLBACK] aborted   | SERIALIZATION/TRANSACTION/NONE
			17 | [SQLITE_SCHEMA] changed           | SCHEMA_CHANGED/SAVEPOINT/NONE
			9  | [SQLITE_INTERRUPT] interrupted    | STATEMENT_TIMEOUT/NEVER/NONE
			10 | [SQLITE_IOERR_WRITE] i/o          | OUT_OF_RESOURCES/NEVER/AT_COMMIT
			13 | [SQLITE_FULL] full                | OUT_OF_RESOURCES/NEVER/NONE
			11 | [SQLITE_CORRUPT] malformed        | PERMANENT/NEVER/NONE
			8  | [SQLITE_READONLY] read-only       | PERMANENT/NEVER/NONE
			14 | [SQLITE_CANTOPEN] no file         | CONNECT/NEVER/NONE
			19 | [SQLITE_CONSTRAINT_UNIQUE] twice  | CONSTRAINT/NEVER/NONE
			1  | [SQLITE_ERROR] cannot rollback - no transaction is active | TRANSACTION_ABORTED/NEVER/NONE
			1  | [SQLITE_ERROR] near "FORM": database is locked deadlock   | PERMANENT/NEVER/NONE
			0  | database connection closed        | CONNECTION_CLOSED/CONNECTION/AT_COMMIT
			""")
	void whenCodeIsOfSqliteThenItMeans(int code, String message, String meaning) {
		ErrorCodes.assertMeaning(new SqliteDialect(), new SQLException(message, null, code), meaning);
	}

	@Test
	void whenPoolClosedTheConnectionThenItsStateSpeaks() {
		ErrorCodes.assertMeaning(new SqliteDialect(), new SQLException("Connection of pool 'main' is closed", "08003"),
				"CONNECTION_CLOSED/CONNECTION/AT_COMMIT");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			40001, 40001, DEADLOCK/TRANSACTION/NONE
			50200, HYT00, LOCK_TIMEOUT/SAVEPOINT/NONE
			90131, 90131, SERIALIZATION/TRANSACTION/NONE
			90067, 90067, CONNECTION_LOST/CONNECTION/AT_COMMIT
			90098, 90098, CONNECTION_LOST/CONNECTION/AT_COMMIT
			90121, 90121, CONNECTION_LOST/CONNECTION/AT_COMMIT
			57014, 57014, STATEMENT_TIMEOUT/NEVER/NONE
			90007, 90007, CONNECTION_CLOSED/CONNECTION/AT_COMMIT
			23505, 23505, CONSTRAINT/NEVER/NONE
			42000, 42000, PERMANENT/NEVER/NONE
			""")
	void whenCodeIsOfH2ThenItMeans(int code, String state, String meaning) {
		ErrorCodes.assertMeaning(new H2Dialect(), new SQLException("Fehler", state, code), meaning);
	}

}
