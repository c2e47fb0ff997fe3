package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.dbop.dialect.Connections.ask;
import static io.dbop.dialect.Connections.failureOf;
import static io.dbop.dialect.ErrorCodes.assertMeaning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What databases and drivers say when they end a statement.
 */
@Timeout(60)
@EachDatabase(except = TestDatabase.SQLITE, also = TestDatabase.HSQLDB)
class StatementTimeoutsTests {

	private static final ConnectionTimeouts BRIEF = new ConnectionTimeouts(Duration.ofSeconds(5),
			Duration.ofMillis(200));

	private final DatabaseInstance database;

	private final Dialect dialect;

	StatementTimeoutsTests(DatabaseInstance database) {
		this.database = database;
		this.dialect = Objects.requireNonNull(new Dialects(List.of()).findByUrl(database.url()));
	}

	@Test
	void whenStatementTakesTooLongThenTheServerEndsItAndTheConnectionLives() throws SQLException {
		assumeThat(this.database.database()).as("has no limit to statements").isNotEqualTo(TestDatabase.HSQLDB);
		try (Connection connection = Connections.openNew(this.database, BRIEF)) {
			assertMeaning(this.dialect, failureOf(connection, endless()), "STATEMENT_TIMEOUT/NEVER/NONE");
			assertThat(ask(connection, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void whenJdbcEndsAStatementThenItIsATimeoutOrACancel() throws SQLException {
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

	private String endless() {
		return switch (this.database.database()) {
			case MYSQL -> "select count(*) from information_schema.columns a, information_schema.columns b, "
					+ "information_schema.columns c where concat(a.column_name, b.column_name, c.column_name) like '%zzz%'";
			case H2 -> "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b";
			default -> this.database.sleepSql(Duration.ofSeconds(30));
		};
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

}
