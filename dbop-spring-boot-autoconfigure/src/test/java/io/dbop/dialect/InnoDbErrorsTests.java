package io.dbop.dialect;

import java.io.EOFException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class InnoDbErrorsTests {

	private static final Dialect MYSQL = new MySqlDialect();

	private static final Dialect MARIADB = new MariaDbDialect();

	static Stream<Dialect> both() {
		return Stream.of(MYSQL, MARIADB);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1213, 40001, DEADLOCK/TRANSACTION/NONE
			1205, 40001, LOCK_TIMEOUT/SAVEPOINT/NONE
			1205, HY000, LOCK_TIMEOUT/SAVEPOINT/NONE
			1020, HY000, SERIALIZATION/TRANSACTION/NONE
			1412, HY000, SCHEMA_CHANGED/TRANSACTION/NONE
			1615, HY000, SCHEMA_CHANGED/TRANSACTION/NONE
			1206, HY000, OUT_OF_RESOURCES/TRANSACTION/NONE
			1613, XA106, LOCK_TIMEOUT/TRANSACTION/NONE
			1614, XA102, DEADLOCK/TRANSACTION/NONE
			1040, 08004, OUT_OF_RESOURCES/CONNECTION/AT_COMMIT
			1203, 42000, OUT_OF_RESOURCES/CONNECTION/AT_COMMIT
			1226, 42000, OUT_OF_RESOURCES/CONNECTION/AT_COMMIT
			1042, 08S01, CONNECT/CONNECTION/AT_COMMIT
			2002, HY000, CONNECT/CONNECTION/AT_COMMIT
			2003, HY000, CONNECT/CONNECTION/AT_COMMIT
			2006, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			2013, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			2055, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1053, 08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1080, 08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1152, 08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1161, 08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1047, 08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			0,    08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			0,    08001, CONNECTION_LOST/CONNECTION/AT_COMMIT
			0,    08003, CONNECTION_CLOSED/CONNECTION/AT_COMMIT
			1220, 08000, CONNECTION_CLOSED/CONNECTION/AT_COMMIT
			0,    25S03, CONNECTION_LOST/CONNECTION/AT_COMMIT
			3572, HY000, LOCK_TIMEOUT/SAVEPOINT/NONE
			3024, HY000, STATEMENT_TIMEOUT/NEVER/NONE
			3101, 40000, SERIALIZATION/TRANSACTION/NONE
			3100, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			3796, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			3797, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			3798, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1969, 70100, STATEMENT_TIMEOUT/NEVER/NONE
			1927, 70100, CONNECTION_LOST/CONNECTION/AT_COMMIT
			1317, 70100, CANCELLED/NEVER/NONE
			1836, HY000, READ_ONLY_SERVER/CONNECTION/NONE
			3032, HY000, READ_ONLY_SERVER/CONNECTION/NONE
			""")
	void whenCodeIsSharedThenBothReadItTheSame(int code, String state, String meaning) {
		ErrorCodes.assertMeaning(MYSQL, new SQLException("Fehler", state, code), meaning);
		ErrorCodes.assertMeaning(MARIADB, new SQLException("Fehler", state, code), meaning);
	}

	@ParameterizedTest
	@DisplayName("R12: never again")
	@CsvSource(textBlock = """
			1062, 23000, CONSTRAINT/NEVER/NONE
			1048, 23000, CONSTRAINT/NEVER/NONE
			1364, HY000, CONSTRAINT/NEVER/NONE
			1451, 23000, CONSTRAINT/NEVER/NONE
			1452, 23000, CONSTRAINT/NEVER/NONE
			3819, HY000, CONSTRAINT/NEVER/NONE
			1406, 22001, PERMANENT/NEVER/NONE
			1064, 42000, PERMANENT/NEVER/NONE
			1054, 42S22, PERMANENT/NEVER/NONE
			1146, 42S02, PERMANENT/NEVER/NONE
			3098, HY000, PERMANENT/NEVER/NONE
			1045, 28000, PERMANENT/NEVER/NONE
			""")
	void whenCodeIsPermanentThenNothingIsDoneAgain(int code, String state, String meaning) {
		ErrorCodes.assertMeaning(MYSQL, new SQLException("Deadlock found", state, code), meaning);
		ErrorCodes.assertMeaning(MARIADB, new SQLException("Deadlock found", state, code), meaning);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			4031, HY000, CONNECTION_LOST/CONNECTION/AT_COMMIT
			4094, HY000, READ_ONLY_SERVER/CONNECTION/NONE
			""")
	void whenCodeIsOfMySqlThenItMeans(int code, String state, String meaning) {
		ErrorCodes.assertMeaning(MYSQL, new SQLException("Fehler", state, code), meaning);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			4025, 23000, CONSTRAINT/NEVER/NONE
			""")
	void whenCodeIsOfMariaDbThenItMeans(int code, String state, String meaning) {
		ErrorCodes.assertMeaning(MARIADB, new SQLException("Fehler", state, code), meaning);
	}

	@Test
	void whenMariaDbHasAnotherMeaningForACodeOfMySqlThenItIsNotTaken() {
		assertThat(MARIADB.classify(new SQLException("trigger missing", "HY000", 4031))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1180 | Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT | SERIALIZATION/TRANSACTION/NONE
			1180 | Got error 5 'Not connected to Primary Component' during COMMIT   | CONNECTION_LOST/CONNECTION/ALWAYS
			1290 | The server is running with the --read-only option                | READ_ONLY_SERVER/CONNECTION/NONE
			1290 | The server is running with the --super-read-only option          | READ_ONLY_SERVER/CONNECTION/NONE
			1290 | The server is running with the --secure-file-priv option         | PERMANENT/NEVER/NONE
			1305 | SAVEPOINT dbop_1 does not exist                                  | TRANSACTION_ABORTED/NEVER/NONE
			1305 | PROCEDURE shop.pay does not exist                                | PERMANENT/NEVER/NONE
			""")
	void whenCodeMeansSeveralThingsThenTheMessageTells(int code, String message, String meaning) {
		ErrorCodes.assertMeaning(MYSQL, new SQLException(message, "HY000", code), meaning);
		ErrorCodes.assertMeaning(MARIADB, new SQLException(message, "HY000", code), meaning);
	}

	@ParameterizedTest
	@MethodSource("both")
	@DisplayName("R12: SIGNAL '45000' is a business rule, whatever class and code it comes with")
	void whenUsersSignalThenNothingIsDoneAgain(Dialect dialect) {
		ErrorCodes.assertMeaning(dialect, new SQLTransientConnectionException("too late", "45000", 1644),
				"PERMANENT/NEVER/NONE");
		ErrorCodes.assertMeaning(dialect, new SQLTransientConnectionException("too late", "45000", 1213),
				"PERMANENT/NEVER/NONE");
		assertThat(dialect.classify(new SQLTransientConnectionException("own code", "77777", 5000))).isNull();
	}

	@ParameterizedTest
	@MethodSource("both")
	void whenDriversSpeakWithoutCodeThenTheClassTells(Dialect dialect) {
		ErrorCodes.assertMeaning(dialect, new SQLTimeoutException("late"), "STATEMENT_TIMEOUT/NEVER/AT_COMMIT");
		ErrorCodes.assertMeaning(dialect, new SQLNonTransientConnectionException("gone"),
				"CONNECTION_LOST/CONNECTION/AT_COMMIT");
		ErrorCodes.assertMeaning(dialect, new SQLException("read", new EOFException()),
				"CONNECTION_LOST/CONNECTION/AT_COMMIT");
		ErrorCodes.assertMeaning(dialect,
				new SQLException("link", "08S01", new RuntimeException(new ConnectException())),
				"CONNECT/CONNECTION/AT_COMMIT");
	}

}
