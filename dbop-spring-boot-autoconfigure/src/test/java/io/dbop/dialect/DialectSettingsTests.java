package io.dbop.dialect;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DialectSettingsTests {

	private static final ConnectionTimeouts TIMEOUTS = new ConnectionTimeouts(Duration.ofMillis(1500),
			Duration.ofMillis(60_001));

	private static final ConnectionTimeouts UNLIMITED = new ConnectionTimeouts(Duration.ZERO, Duration.ZERO);

	@Test
	void whenPostgresThenTimeoutsAreRoundedUpToSeconds() {
		assertThat(new PostgresDialect().connectionProperties(TIMEOUTS)).containsEntry("connectTimeout", "2")
			.containsEntry("loginTimeout", "2")
			.containsEntry("socketTimeout", "66")
			.containsEntry("tcpKeepAlive", "true")
			.containsEntry("reWriteBatchedInserts", "true");
		assertThat(new PostgresDialect().connectionInitSql(TIMEOUTS)).isEqualTo("SET statement_timeout = 60001");
	}

	@Test
	void whenMySqlThenTimeoutsAreMilliseconds() {
		assertThat(new MySqlDialect().connectionProperties(TIMEOUTS)).containsEntry("connectTimeout", "1500")
			.containsEntry("socketTimeout", "65001")
			.containsEntry("rewriteBatchedStatements", "true")
			.doesNotContainKeys("useServerPrepStmts", "cacheServerConfiguration");
		assertThat(new MariaDbDialect().connectionProperties(TIMEOUTS)).containsEntry("connectTimeout", "1500")
			.containsEntry("socketTimeout", "65001");
	}

	@Test
	void whenServerMayBeMySqlOrMariaDbThenEachTakesItsPart() {
		assertThat(new MySqlDialect().connectionInitSql(TIMEOUTS))
			.isEqualTo("SET /*!50708 SESSION max_execution_time = 60501 *//*M! SESSION max_statement_time = 60.001 */");
		assertThat(new MariaDbDialect().connectionInitSql(TIMEOUTS))
			.isEqualTo(new MySqlDialect().connectionInitSql(TIMEOUTS));
	}

	@Test
	void whenSqliteThenItWaitsForTheWriterButNotLongerThanAStatementMay() {
		assertThat(new SqliteDialect().connectionProperties(TIMEOUTS)).containsEntry("journal_mode", "WAL")
			.containsEntry("foreign_keys", "true")
			.containsEntry("synchronous", "FULL")
			.containsEntry("busy_timeout", "10000");
		assertThat(new SqliteDialect()
			.connectionProperties(new ConnectionTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300))))
			.containsEntry("busy_timeout", "300");
		assertThat(new SqliteDialect().connectionInitSql(TIMEOUTS)).isNull();
	}

	@Test
	void whenH2ThenOnlyTheStatementIsLimited() {
		assertThat(new H2Dialect().connectionProperties(TIMEOUTS)).isEmpty();
		assertThat(new H2Dialect().connectionInitSql(TIMEOUTS)).isEqualTo("SET QUERY_TIMEOUT 60001");
	}

	@Test
	void whenUnlimitedThenNoLimitIsSet() {
		for (Dialect dialect : List.of(new PostgresDialect(), new MySqlDialect(), new MariaDbDialect())) {
			assertThat(dialect.connectionProperties(UNLIMITED)).doesNotContainKeys("connectTimeout", "loginTimeout",
					"socketTimeout");
			assertThat(dialect.connectionInitSql(UNLIMITED)).isNull();
		}
		assertThat(new H2Dialect().connectionInitSql(UNLIMITED)).isNull();
	}

	@Test
	void whenLimitIsEndlessThenItFitsTheDriversNumbers() {
		ConnectionTimeouts endless = new ConnectionTimeouts(Duration.ofDays(100_000), Duration.ofDays(100_000));
		assertThat(new PostgresDialect().connectionInitSql(endless))
			.isEqualTo("SET statement_timeout = " + Integer.MAX_VALUE);
		assertThat(new MySqlDialect().connectionProperties(endless)).containsEntry("socketTimeout",
				Integer.toString(Integer.MAX_VALUE));
	}

}
