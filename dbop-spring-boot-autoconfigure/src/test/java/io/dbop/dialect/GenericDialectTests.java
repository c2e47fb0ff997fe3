package io.dbop.dialect;

import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GenericDialectTests {

	private final Dialect dialect = Dialects.generic();

	@ParameterizedTest
	@CsvSource(textBlock = """
			08001, CONNECT/CONNECTION/NONE
			08S01, CONNECTION_LOST/CONNECTION/AT_COMMIT
			08007, CONNECTION_LOST/CONNECTION/ALWAYS
			40001, SERIALIZATION/TRANSACTION/NONE
			40003, CONNECTION_LOST/CONNECTION/ALWAYS
			23000, CONSTRAINT/NEVER/NONE
			42S02, PERMANENT/NEVER/NONE
			""")
	void whenStateIsStandardThenItMeans(String state, String meaning) {
		ErrorCodes.assertMeaning(this.dialect, new SQLException("x", state), meaning);
	}

	@Test
	void whenThereIsNoCodeThenTheClassTells() {
		assertMeaning(new SQLTimeoutException("x"), "STATEMENT_TIMEOUT/NEVER/AT_COMMIT");
		assertMeaning(new SQLTransientConnectionException("main - Connection is not available, request timed out"),
				"ACQUISITION_TIMEOUT/CONNECTION/NONE");
		assertMeaning(new SQLNonTransientConnectionException("x"), "CONNECTION_LOST/CONNECTION/AT_COMMIT");
		assertMeaning(new SQLRecoverableException("x"), "CONNECTION_LOST/CONNECTION/AT_COMMIT");
		assertMeaning(new SQLRecoverableException("x", new UnknownHostException()), "CONNECT/CONNECTION/AT_COMMIT");
		assertMeaning(new SQLException("x", new IOException()), "CONNECTION_LOST/CONNECTION/AT_COMMIT");
		assertMeaning(new SQLException("Connection is closed"), "CONNECTION_CLOSED/CONNECTION/AT_COMMIT");
		assertMeaning(new SQLIntegrityConstraintViolationException("x"), "CONSTRAINT/NEVER/NONE");
		assertMeaning(new SQLFeatureNotSupportedException("x"), "PERMANENT/NEVER/NONE");
	}

	@Test
	void whenAcquisitionTimedOutForABrokenServerThenTheServersCodeSpeaks() {
		assertMeaning(new SQLTransientConnectionException("main - Connection is not available", "08001"),
				"CONNECT/CONNECTION/NONE");
	}

	@Test
	void whenTheClassOnlyPromisesToBeTransientThenItIsNotBelieved() {
		assertThat(this.dialect.classify(new SQLTransientException("x", "72000", 1))).isNull();
		assertThat(this.dialect.classify(new SQLTransientConnectionException("x", "77777", 1644))).isNull();
	}

	private void assertMeaning(SQLException exception, String meaning) {
		ErrorCodes.assertMeaning(this.dialect, exception, meaning);
	}

}
