package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockMakers;
import org.postgresql.jdbc.PgConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * Engines that none of these tests runs: what their documentation says that they answer.
 */
class ShardedEnginesTests {

	private final Dialects dialects = new Dialects(List.of());

	@ParameterizedTest
	@CsvSource({ "PostgreSQL, 15.2-YB-2025.1.0.0-b0, yugabytedb", "PostgreSQL, 16.2, postgresql",
			"MySQL, 8.0.11-TiDB-v7.5.0, tidb", "MySQL, 8.0.30-Vitess, vitess", "MySQL, 5.7.9-vitess-10.0.0, vitess",
			"MySQL, 9.7.0, mysql", "MySQL, 5.5.5-10.11.6-MariaDB-1, mariadb" })
	void whenTheVersionNamesTheEngineThenItIsFound(String product, String version, String name) throws SQLException {
		assertThat(this.dialects.get(metaData(product, version, Map.of())).name()).isEqualTo(name);
	}

	@Test
	void whenTheServerReportsAVersionOfCockroachThenItIsFound() throws SQLException {
		Map<String, String> reported = Map.of("server_version", "13.0.0", "crdb_version", "CockroachDB CCL v23.1.11");
		assertThat(this.dialects.get(metaData("PostgreSQL", "13.0.0", reported)).name()).isEqualTo("cockroachdb");
	}

	private static DatabaseMetaData metaData(String product, String version, Map<String, String> reported)
			throws SQLException {
		Connection driver = mock(PgConnection.class, withSettings().mockMaker(MockMakers.INLINE));
		given(((PgConnection) driver).getParameterStatuses()).willReturn(reported);
		Connection connection = mock(Connection.class);
		given(connection.unwrap(Connection.class)).willReturn(driver);
		DatabaseMetaData metaData = mock(DatabaseMetaData.class);
		given(metaData.getConnection()).willReturn(connection);
		given(metaData.getDatabaseProductName()).willReturn(product);
		given(metaData.getDatabaseProductVersion()).willReturn(version);
		return metaData;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					cockroachdb | 40001 | restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError   | SERIALIZATION/TRANSACTION/NONE
					cockroachdb | 40003 | result is ambiguous: error=rpc error                                           | CONNECTION_LOST/CONNECTION/ALWAYS
					cockroachdb | 57014 | query execution canceled                                                       | CANCELLED/NEVER/NONE
					cockroachdb | 57014 | query execution canceled due to statement timeout                              | STATEMENT_TIMEOUT/NEVER/NONE
					yugabytedb  | 40001 | could not serialize access due to concurrent update                            | SERIALIZATION/TRANSACTION/NONE
					yugabytedb  | 40P01 | deadlock detected                                                              | DEADLOCK/TRANSACTION/NONE
					yugabytedb  | 25006 | cannot execute UPDATE in a read-only transaction                               | PERMANENT/NEVER/NONE
					yugabytedb  | 25P03 | terminating connection due to idle-in-transaction timeout                      | CONNECTION_LOST/CONNECTION/NONE
					postgresql  | 40P01 | canceling the transaction since it was involved in a distributed deadlock      | DEADLOCK/SAVEPOINT/NONE
					""")
	void whenTheStateIsDocumentedThenItMeans(String engine, String state, String message, String meaning) {
		ErrorCodes.assertMeaning(dialect(engine), new SQLException("ERROR: " + message, state), meaning);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					tidb   | 8002 | HY000 | can not retry select for update statement        | SERIALIZATION/TRANSACTION/NONE
					tidb   | 8005 | HY000 | Write Conflict, txnStartTS is stale              | SERIALIZATION/TRANSACTION/NONE
					tidb   | 8022 | HY000 | Error: KV error safe to retry                    | SERIALIZATION/TRANSACTION/NONE
					tidb   | 9007 | HY000 | Write conflict, txnStartTS=416617006551793665    | SERIALIZATION/TRANSACTION/NONE
					tidb   | 8028 | HY000 | Information schema is changed                    | SCHEMA_CHANGED/TRANSACTION/NONE
					tidb   | 9001 | HY000 | PD Server Timeout                                | CONNECTION_LOST/CONNECTION/AT_COMMIT
					tidb   | 9002 | HY000 | TiKV Server Timeout                              | CONNECTION_LOST/CONNECTION/AT_COMMIT
					tidb   | 9003 | HY000 | TiKV Server is Busy                              | OUT_OF_RESOURCES/TRANSACTION/AT_COMMIT
					tidb   | 9004 | HY000 | Resolve Lock Timeout                             | LOCK_TIMEOUT/TRANSACTION/AT_COMMIT
					tidb   | 9005 | HY000 | Region is unavailable                            | CONNECTION_LOST/CONNECTION/AT_COMMIT
					tidb   | 1213 | 40001 | Deadlock found when trying to get lock           | DEADLOCK/TRANSACTION/NONE
					vitess | 1213 | 40001 | target: ks.-80.primary: vttablet: Deadlock found | DEADLOCK/TRANSACTION/NONE
					vitess | 1205 | HY000 | target: ks.-80.primary: Lock wait timeout        | LOCK_TIMEOUT/SAVEPOINT/NONE
					vitess | 1041 | HY000 | Transaction throttled                            | OUT_OF_RESOURCES/TRANSACTION/NONE
					vitess | 1317 | 70100 | context deadline exceeded                        | CANCELLED/NEVER/NONE
					""")
	void whenTheCodeIsDocumentedThenItMeans(String engine, int code, String state, String message, String meaning) {
		ErrorCodes.assertMeaning(dialect(engine), new SQLException(message, state, code), meaning);
	}

	@ParameterizedTest
	@CsvSource({ "tidb, 8004", "tidb, 8027", "vitess, 1105" })
	void whenNothingIsSaidOfDoingItAgainThenItIsNotDone(String engine, int code) {
		assertThat(dialect(engine).classify(new SQLException("?", "HY000", code))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cockroachdb", "yugabytedb", "tidb", "vitess" })
	void whenEntitiesAreAskedForThenTheyAreRefused(String engine) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(dialect(engine)::tables)
			.withMessageContaining(engine);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(dialect(engine)::columns);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cockroachdb", "yugabytedb", "tidb", "vitess" })
	void whenAllServersTakeWritesThenNoneIsAsked(String engine) {
		assertThat(dialect(engine).readOnlyServerSql()).isNull();
		assertThat(dialect(engine).connectionLimitsSql()).isNull();
	}

	private Dialect dialect(String name) {
		return Objects.requireNonNull(this.dialects.findByName(name));
	}

}
