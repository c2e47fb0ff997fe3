package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.Connections.run;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * That drivers and servers take the settings of new connections, and what they say when a
 * limit is reached.
 */
@Timeout(60)
@EachDatabase
class RealTimeoutsTests {

	private static final ConnectionTimeouts BRIEF = new ConnectionTimeouts(Duration.ofSeconds(5),
			Duration.ofMillis(200));

	private final DatabaseInstance database;

	private final Dialect dialect;

	RealTimeoutsTests(DatabaseInstance database) {
		this.database = database;
		this.dialect = Objects.requireNonNull(new Dialects(List.of()).findByUrl(database.url()));
	}

	@Test
	void whenConnectionIsNewThenTheServerKnowsTheLimit() throws SQLException {
		try (Connection connection = connect(BRIEF)) {
			switch (this.database.database()) {
				case POSTGRESQL -> assertThat(ask(connection, "show statement_timeout")).isEqualTo("200ms");
				case MYSQL -> assertThat(ask(connection, "select @@max_execution_time")).isEqualTo("200");
				case MARIADB -> assertThat(ask(connection, "select @@max_statement_time")).isEqualTo("0.200000");
				case SQLITE -> {
					assertThat(ask(connection, "pragma busy_timeout")).isEqualTo("200");
					assertThat(ask(connection, "pragma journal_mode")).isEqualTo("wal");
					assertThat(ask(connection, "pragma foreign_keys")).isEqualTo("1");
					assertThat(ask(connection, "pragma synchronous")).isEqualTo("1");
				}
				case H2 -> assertThat(ask(connection,
						"select setting_value from information_schema.settings where setting_name = 'QUERY_TIMEOUT'"))
					.isIn("200", null);
			}
		}
	}

	@Test
	void whenStatementTakesTooLongThenTheServerEndsItAndTheConnectionLives() throws SQLException {
		assumeThat(this.database.database()).isNotEqualTo(TestDatabase.SQLITE);
		try (Connection connection = connect(BRIEF)) {
			assertMeaning(this.dialect, failureOf(connection, endless()), "STATEMENT_TIMEOUT/NEVER/NONE");
			assertThat(ask(connection, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void whenJdbcEndsAStatementThenItIsATimeoutOrACancel() throws SQLException {
		assumeThat(this.database.database()).isNotEqualTo(TestDatabase.SQLITE);
		try (Connection connection = this.database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.setQueryTimeout(1);
			SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(endless()));
			assertMeaning(this.dialect, failure, switch (this.database.database()) {
				// pgjdbc sends a cancel, and the server cannot know why.
				case POSTGRESQL -> "CANCELLED/NEVER/NONE";
				// Connector/J throws this even if its KILL QUERY came too late.
				case MYSQL -> "STATEMENT_TIMEOUT/NEVER/AT_COMMIT";
				default -> "STATEMENT_TIMEOUT/NEVER/NONE";
			});
		}
	}

	@Test
	void whenManyRowsAreInsertedInABatchThenTheyAreThere() throws SQLException {
		try (Connection connection = connect(new ConnectionTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30)))) {
			run(connection, "create table item (id int primary key)");
			try (var statement = connection.prepareStatement("insert into item values (?)")) {
				for (int i = 0; i < 100; i++) {
					statement.setInt(1, i);
					statement.addBatch();
				}
				assertThat(statement.executeBatch()).hasSize(100);
			}
			assertThat(ask(connection, "select count(*) from item")).isEqualTo("100");
		}
	}

	@Test
	void whenNobodyListensThenItIsAFailureToConnect() {
		assumeThat(this.database.database()).isNotIn(TestDatabase.SQLITE, TestDatabase.H2);
		String url = this.database.url().replaceFirst("//[^/]+/", "//127.0.0.1:1/");
		SQLException failure = catchThrowableOfType(SQLException.class,
				() -> DriverManager.getConnection(url, this.database.username(), this.database.password()));
		assertMeaning(this.dialect, failure, (this.database.database() == TestDatabase.POSTGRESQL)
				? "CONNECT/CONNECTION/NONE" : "CONNECT/CONNECTION/AT_COMMIT");
	}

	@Test
	void whenHostIsUnknownThenItIsAFailureToConnect() {
		assumeThat(this.database.database()).isNotIn(TestDatabase.SQLITE, TestDatabase.H2);
		String url = this.database.url().replaceFirst("//[^/]+/", "//nowhere.invalid:1/");
		SQLException failure = catchThrowableOfType(SQLException.class,
				() -> DriverManager.getConnection(url, this.database.username(), this.database.password()));
		assertMeaning(this.dialect, failure, (this.database.database() == TestDatabase.POSTGRESQL)
				? "CONNECT/CONNECTION/NONE" : "CONNECT/CONNECTION/AT_COMMIT");
	}

	@Test
	void whenPoolIsExhaustedThenItIsAnAcquisitionTimeout() throws SQLException {
		HikariConfig config = new HikariConfig();
		config.setDataSource(this.database.dataSource());
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(250);
		try (HikariDataSource pool = new HikariDataSource(config); Connection only = pool.getConnection()) {
			assertMeaning(this.dialect, catchThrowableOfType(SQLException.class, pool::getConnection),
					"ACQUISITION_TIMEOUT/CONNECTION/NONE");
			only.close();
			assertMeaning(this.dialect, failureOf(only, "select 1"), "CONNECTION_CLOSED/CONNECTION/AT_COMMIT");
		}
	}

	private String endless() {
		return switch (this.database.database()) {
			case MYSQL -> "select count(*) from information_schema.columns a, information_schema.columns b, "
					+ "information_schema.columns c where concat(a.column_name, b.column_name, c.column_name) like '%zzz%'";
			case H2 -> "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b";
			default -> this.database.sleepSql(Duration.ofSeconds(30));
		};
	}

	private Connection connect(ConnectionTimeouts timeouts) throws SQLException {
		Properties properties = new Properties();
		properties.putAll(this.dialect.connectionProperties(timeouts));
		properties.setProperty("user", this.database.username());
		properties.setProperty("password", this.database.password());
		Connection connection = DriverManager.getConnection(this.database.url(), properties);
		String sql = this.dialect.connectionInitSql(timeouts);
		if (sql != null) {
			run(connection, sql);
		}
		return connection;
	}

}
