package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Phase;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** {@code query-execution-timeout}: for every statement, on every database. */
@Timeout(60)
@EachDatabase(also = TestDatabase.HSQLDB)
class StatementLimitTests {

	private static final Duration LIMIT = Duration.ofMillis(300);

	private final DatabaseInstance database;

	private ConnectionPool pool;

	StatementLimitTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.pool = PoolFixture.open(this.database, PoolFixture.config(this.database).queryExecutionTimeout(LIMIT));
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void whenAQueryTakesTooLongThenItIsEndedAndTheConnectionLives() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			assertTimeout(connection, endless());
			execute(connection, "select 1");
		}
	}

	@Test
	void whenAWriteTakesTooLongThenItIsEndedAndNothingIsWritten() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			assertTimeout(connection, "insert into item (id) " + endless());
			execute(connection, "insert into item (id) values (7)");
		}
		assertThat(PoolFixture.count(this.database)).isOne();
	}

	@Test
	void whenAWriteTakesTooLongInATransactionThenTheTransactionCanBeRolledBack() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "insert into item (id) values (7)");
			assertTimeout(connection, "insert into item (id) " + endless());
			connection.rollback();
			execute(connection, "insert into item (id) values (8)");
			connection.commit();
		}
		assertThat(PoolFixture.count(this.database)).isOne();
	}

	@Test
	void whenStatementsAreQuickThenTheConnectionOutlivesTheLimit() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			long end = System.nanoTime() + 2 * LIMIT.toNanos();
			while (System.nanoTime() < end) {
				execute(connection, "select 1");
			}
		}
	}

	private void assertTimeout(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			long start = System.nanoTime();
			SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
			assertThat((Throwable) failure).isNotNull();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT.minusMillis(50),
					LIMIT.plusSeconds(4));
			Classification meaning = SqlExceptionChain.classify(failure, this.pool.dialect()::classify);
			assertThat(meaning.kind()).isEqualTo(FailureKind.STATEMENT_TIMEOUT);
			assertThat(meaning.redo()).isEqualTo(Redo.NEVER);
			// Connector/J says that it was cancelled even if the cancel came too late.
			assertThat(meaning.outcomeUnknownIn(Phase.AUTOCOMMIT) && this.database.database() != TestDatabase.MYSQL)
				.isFalse();
			if (!this.pool.dialect().endsLongStatements() && failure instanceof SQLTimeoutException) {
				assertThat((Throwable) failure).hasMessageContainingAll("'main'", "query-execution-timeout (300 ms)");
			}
		}
	}

	private String endless() {
		return switch (this.database.database()) {
			case HSQLDB -> this.database.sleepSql(LIMIT);
			case SQLITE -> "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n";
			case H2 -> "select max(a.x + b.x) from system_range(1, 1000000) a, system_range(1, 1000000) b";
			case POSTGRESQL -> "select max(a + b) from generate_series(1, 1000000) a, generate_series(1, 1000000) b";
			case MARIADB, MYSQL -> "select 40 + sleep(20) from (select 1 union all select 2) two";
		};
	}

}
