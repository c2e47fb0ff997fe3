package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

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

/**
 * That drivers and servers take the settings of new connections.
 */
@Timeout(60)
@EachDatabase(also = TestDatabase.HSQLDB)
class ConnectionSettingsTests {

	private static final ConnectionTimeouts BRIEF = new ConnectionTimeouts(Duration.ofSeconds(5),
			Duration.ofMillis(200));

	private final DatabaseInstance database;

	private final Dialect dialect;

	ConnectionSettingsTests(DatabaseInstance database) {
		this.database = database;
		this.dialect = Objects.requireNonNull(new Dialects(List.of()).findByUrl(database.url()));
	}

	@Test
	void whenConnectionIsNewThenTheServerKnowsTheLimit() throws SQLException {
		try (Connection connection = Connections.openNew(this.database, BRIEF)) {
			switch (this.database.database()) {
				case POSTGRESQL -> assertThat(ask(connection, "show statement_timeout")).isEqualTo("200ms");
				case MYSQL -> assertThat(ask(connection, "select @@max_execution_time")).isEqualTo("700");
				case MARIADB -> assertThat(ask(connection, "select @@max_statement_time")).isEqualTo("0.200000");
				case SQLITE -> {
					assertThat(ask(connection, "pragma busy_timeout")).isEqualTo("200");
					assertThat(ask(connection, "pragma journal_mode")).isEqualTo("wal");
					assertThat(ask(connection, "pragma foreign_keys")).isEqualTo("1");
					assertThat(ask(connection, "pragma synchronous")).isEqualTo("2");
				}
				case H2 -> assertThat(ask(connection,
						"select setting_value from information_schema.settings where setting_name = 'QUERY_TIMEOUT'"))
					.isIn("200", null);
			}
		}
	}

	@Test
	void whenManyRowsAreInsertedInABatchThenTheyAreThere() throws SQLException {
		try (Connection connection = Connections.openNew(this.database,
				new ConnectionTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30)))) {
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

}
