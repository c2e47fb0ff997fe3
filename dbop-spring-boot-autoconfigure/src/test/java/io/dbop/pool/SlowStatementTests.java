package io.dbop.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dbop.disclosure.Disclosure;
import io.dbop.disclosure.SlowQuerySettings;
import io.dbop.disclosure.ValueDisclosure;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.Logs;
import io.dbop.test.NamedLedger;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Statements that take long, whoever executes them. In most cases a threshold that none
 * stays below stands for a long time.
 */
@EachDatabase
class SlowStatementTests {

	private static final Duration ANY = Duration.ofNanos(1);

	private static final String SECRET = "hunter2";

	private final DatabaseInstance database;

	private final Logs logs = Logs.of("io.dbop.slow");

	private ConnectionPool pool;

	private JdbcTemplate jdbc;

	SlowStatementTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.pool = PoolFixture.open(this.database);
		this.jdbc = new JdbcTemplate(this.pool.dataSource());
		watch(ANY, ValueDisclosure.MASKED);
	}

	@AfterEach
	void close() {
		this.pool.close();
		this.logs.close();
	}

	@Test
	@DisplayName("P4: a slow query is logged once, with alias, time and outcome")
	void whenAQueryIsSlowThenItIsLoggedOnce() {
		assumeThat(this.database.database()).isNotEqualTo(TestDatabase.SQLITE);
		watch(Duration.ofMillis(300), ValueDisclosure.MASKED);
		this.jdbc.execute(this.database.sleepSql(Duration.ofMillis(600)));
		ILoggingEvent event = one("sleep");
		assertThat(event.getFormattedMessage())
			.matches("Database 'main': a statement took \\d{3,5} ms and succeeded: select [a-z_]+\\(\\?\\)");
		assertThat(event.getMDCPropertyMap()).containsEntry("dbop.alias", "main");
		assertThat(this.pool.statistics().slowStatements()).isOne();
	}

	@Test
	@DisplayName("P4: a slow query that is cancelled at its deadline is logged once, as failed")
	void whenASlowQueryIsCancelledThenItIsLoggedOnce() {
		watch(Duration.ofMillis(100), ValueDisclosure.MASKED);
		AttemptLedger ledger = new NamedLedger("Items.count");
		ledger.open();
		try {
			ledger.deadline(System.nanoTime() + Duration.ofMillis(400).toNanos());
			assertThatException().isThrownBy(() -> this.jdbc.execute(endless()));
		}
		finally {
			ledger.close();
		}
		assertThat(one("(select").getFormattedMessage())
			.matches("Database 'main': a statement of 'Items.count' took \\d{3,5} ms and was ended at"
					+ " its deadline \\((SQLSTATE \\w+, )?code -?\\d+\\): .*");
		assertThat(this.pool.statistics().slowStatements()).isOne();
	}

	@Test
	@DisplayName("P4: neither literals nor parameters are in the log by default, also when the driver quotes them")
	void whenAStatementFailsThenNoValueIsLogged() {
		this.jdbc.execute("insert into item (id, name) values (7, 'hunter2') -- hunter2");
		assertThat(one("insert").getFormattedMessage())
			.endsWith("succeeded: insert into item (id, name) values (?, ?)");
		String again = "insert into item (name, id) values (?, ?)";
		assertThatException().isThrownBy(() -> this.jdbc.update(again, SECRET, 7));
		assertThat(one(again).getFormattedMessage()).contains("failed (").doesNotContain(SECRET);
		assertThatException().isThrownBy(() -> this.jdbc.queryForList("select id from missing where x = 'hunter2'"));
		assertThat(messages()).noneMatch((message) -> message.contains(SECRET));
	}

	@Test
	@DisplayName("P4: a prepared statement is logged once per execution, a batch once")
	void whenExecutedAgainOrInABatchThenEachExecutionIsLoggedOnce() throws SQLException {
		String sql = "insert into item (id, name) values (?, ?)";
		try (Connection connection = this.pool.dataSource().getConnection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < 2; i++) {
				statement.setInt(1, i);
				statement.setString(2, SECRET);
				assertThat(statement.executeUpdate()).isOne();
			}
			assertThat(containing(sql)).hasSize(2);
			for (int i = 10; i < 13; i++) {
				statement.setInt(1, i);
				statement.addBatch();
			}
			assertThat(statement.executeBatch()).hasSize(3);
			assertThat(containing(sql)).hasSize(3);
		}
		try (Connection connection = this.pool.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.addBatch("insert into item (id) values (20)");
			statement.addBatch("insert into item (id) values (20)");
			assertThatExceptionOfType(SQLException.class).isThrownBy(statement::executeBatch);
			assertThat(one("(a batch)").getFormattedMessage()).contains("failed");
		}
		assertThat(messages()).noneMatch((message) -> message.contains(SECRET));
	}

	@Test
	@DisplayName("P4: parameters that are known are told as is configured, those of secrets never")
	void whenParametersAreKnownThenTheyAreToldAsIsConfigured() {
		String named = "update item set name = ? where id = ?";
		update(named, new StatementParameter("name", "Ann"), new StatementParameter(null, 1));
		assertThat(one("(parameters: name=String(3), Integer)")).isNotNull();
		watch(ANY, ValueDisclosure.FULL);
		update(named, new StatementParameter("name", "Ann"), new StatementParameter(null, 1));
		assertThat(one("(parameters: name='Ann', 1)")).isNotNull();
		update(named, new StatementParameter("password", SECRET), new StatementParameter(null, 1));
		assertThat(one("(parameters: password=***, 1)")).isNotNull();
		update("update item set name = ? /* the password */ where id = ?", new StatementParameter(null, SECRET),
				new StatementParameter("id", 1));
		assertThat(one("(parameters: ***, id=***)")).isNotNull();
		watch(ANY, ValueDisclosure.NONE);
		update("update item set name = ? where id = ? and id > 0", new StatementParameter("name", "Ann"),
				new StatementParameter(null, 1));
		assertThat(one("id > ?").getFormattedMessage()).endsWith("id > ?");
		assertThat(messages()).noneMatch((message) -> message.contains(SECRET));
	}

	@Test
	void whenStatementsAreQuickThenNoneIsLogged() {
		watch(Duration.ofHours(1), ValueDisclosure.MASKED);
		IntStream.range(0, 100).forEach((i) -> this.jdbc.update("insert into item (id) values (?)", i));
		assertThat(messages()).isEmpty();
		assertThat(this.pool.statistics().slowStatements()).isZero();
	}

	@Test
	void whenTheThresholdIsZeroThenNoneIsLogged() {
		watch(Duration.ZERO, ValueDisclosure.MASKED);
		this.jdbc.execute("insert into item (id) values (1)");
		assertThat(messages()).isEmpty();
		assertThat(this.pool.statistics().slowStatements()).isZero();
	}

	@Test
	@DisplayName("P4: a statement that passes two recorded connections is logged once, by the inner one")
	void whenADataSourceStandsInFrontOfARecordedOneThenOnlyThatLogs() throws SQLException {
		ConnectionPool front = ConnectionPoolFactory.adopt("front",
				new org.springframework.jdbc.datasource.DelegatingDataSource(this.pool.dataSource()) {
				}, PoolFixture.DIALECTS);
		front.watchStatements(settings(ANY, ValueDisclosure.MASKED));
		try (Connection connection = front.dataSource().getConnection()) {
			execute(connection, "insert into item (id) values (1)");
		}
		assertThat(one("insert").getFormattedMessage()).startsWith("Database 'main'");
		assertThat(front.statistics().slowStatements()).isZero();
	}

	@Test
	@DisplayName("P4: statements on an adopted DataSource are logged under its alias")
	void whenTheDataSourceIsAdoptedThenItsStatementsAreLoggedToo() {
		ConnectionPool adopted = ConnectionPoolFactory.adopt("legacy", this.database.dataSource(),
				PoolFixture.DIALECTS);
		adopted.watchStatements(settings(ANY, ValueDisclosure.MASKED));
		new JdbcTemplate(adopted.dataSource()).update("insert into item (id) values (?)", 1);
		assertThat(one("insert").getFormattedMessage()).startsWith("Database 'legacy'");
	}

	private void update(String sql, StatementParameter... parameters) {
		AttemptLedger ledger = new NamedLedger("Items.rename") {

			@Override
			public List<StatementParameter> statementParameters() {
				return List.of(parameters);
			}

		};
		ledger.open();
		try {
			this.jdbc.update(sql, parameters[0].value(), parameters[1].value());
		}
		finally {
			ledger.close();
		}
	}

	private void watch(Duration threshold, ValueDisclosure values) {
		this.pool.watchStatements(settings(threshold, values));
	}

	private static SlowQuerySettings settings(Duration threshold, ValueDisclosure values) {
		return new SlowQuerySettings(threshold, new Disclosure(values, List.of()));
	}

	private ILoggingEvent one(String part) {
		List<ILoggingEvent> found = containing(part);
		assertThat(found).as("with '%s' in %s", part, messages()).hasSize(1);
		return found.get(0);
	}

	private List<ILoggingEvent> containing(String part) {
		return this.logs.at(Level.WARN).stream().filter((event) -> event.getFormattedMessage().contains(part)).toList();
	}

	private List<String> messages() {
		return this.logs.at(Level.WARN).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private String endless() {
		return switch (this.database.database()) {
			case HSQLDB -> this.database.sleepSql(Duration.ofSeconds(20));
			case SQLITE ->
				"select * from (select 1) x, (with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n) y";
			case H2 ->
				"select * from (select max(a.x + b.x) from system_range(1, 1000000) a, system_range(1, 1000000) b) x";
			case POSTGRESQL ->
				"select * from (select max(a + b) from generate_series(1, 1000000) a, generate_series(1, 1000000) b) x";
			case MARIADB, MYSQL -> "select * from (select 40 + sleep(20) from (select 1 union all select 2) two) x";
		};
	}

}
