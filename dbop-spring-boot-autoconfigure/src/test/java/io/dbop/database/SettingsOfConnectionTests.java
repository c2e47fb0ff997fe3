package io.dbop.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.dialect.Dialects;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionSpec;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.FaultForm;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Whoever gets a connection next finds it as this one did: with one connection for all,
 * in pools of dbop's own, in an adopted HikariCP pool and in an adopted data source that
 * resets nothing.
 */
@Tag("fault")
@EachDatabase(eachDriver = true)
class SettingsOfConnectionTests {

	private static final String DATABASE = "select 'database', database()";

	private final DatabaseInstance instance;

	private @Nullable ConnectionPool pool;

	private @Nullable BreakerRegistry breakers;

	private Database db;

	private List<String> found = List.of();

	SettingsOfConnectionTests(DatabaseInstance instance) {
		this.instance = instance;
	}

	@BeforeEach
	void schemas() {
		JdbcTemplate direct = new JdbcTemplate(this.instance.dataSource());
		direct.execute("create table item (id integer primary key)");
		direct.execute("insert into item values (1)");
		if (kind() == TestDatabase.POSTGRESQL || kind() == TestDatabase.H2) {
			direct.execute("create schema elsewhere");
		}
	}

	@AfterEach
	void close() throws Exception {
		if (this.breakers != null) {
			this.breakers.close();
		}
		if (this.pool != null) {
			this.pool.close();
		}
	}

	@ParameterizedTest(name = "T12: {0}")
	@EnumSource
	@DisplayName("T12: settings that JDBC has methods for are as found")
	void whenChangedByJdbcThenAsFound(Kind kind) throws Exception {
		open(kind);
		for (End end : End.values()) {
			assertAsFound("execute, " + end, () -> this.db.execute((spec) -> spec.maxRetries(0), () -> {
				changeAll();
				end.come(this);
			}));
			assertAsFound("in transaction, " + end, () -> this.db.inTransaction((tx) -> {
				changeAll();
				end.come(this);
			}));
			assertAsFound("session, " + end, () -> {
				try (DatabaseSession session = this.db.open()) {
					change(session.connection());
					session.begin();
					session.sql("SELECT 1").single(Integer.class);
					end.come(this);
					session.commit();
				}
			});
		}
	}

	@ParameterizedTest(name = "T12: {0}")
	@EnumSource
	@DisplayName("T12: what dbop sets for a call is as found")
	void whenChangedByDbopThenAsFound(Kind kind) throws Exception {
		open(kind);
		for (End end : ends()) {
			assertAsFound("attributes, " + end, () -> this.db.execute((spec) -> {
				declared(spec).attemptTimeout(Duration.ofSeconds(20));
			}, () -> {
				this.db.jdbcTemplate().queryForList("select id from item");
				end.come(this);
			}));
			assertAsFound("limits in a transaction, " + end, () -> this.db.inTransaction((tx) -> {
				tx.sql("SELECT count(*) FROM [item]")
					.timeout(Duration.ofSeconds(20))
					.lockTimeout(Duration.ofSeconds(10))
					.single(Integer.class);
				tx.sql("UPDATE [item] SET [id] = [id]").lockTimeout(Duration.ofSeconds(10)).update();
				end.come(this);
			}));
			assertAsFound("hook, " + end,
					() -> this.db.execute((spec) -> spec.maxRetries(0).preAttempt((context) -> changeInTransaction()),
							() -> end.come(this)));
		}
		assertAsFound("limits",
				() -> this.db.sql("SELECT count(*) FROM [item]")
					.timeout(Duration.ofSeconds(20))
					.lockTimeout(Duration.ofSeconds(10))
					.single(Integer.class));
		assertAsFound("entity", () -> this.db.entities().save("thing", "one", Map.of("name", "x")));
		assertAsFound("entity widened", () -> this.db.entities().save("thing", "one", Map.of("more", 1)));
		assertAsFound("entity in a transaction", () -> this.db.inTransaction((tx) -> {
			this.db.entities().save("thing", "two", Map.of("other", 1.5));
		}));
		assertAsFound("timeout", () -> this.db.execute((spec) -> {
			declared(spec).attemptTimeout(Duration.ofMillis(100));
		}, () -> this.db.jdbcTemplate().queryForList(endless())));
		assertAsFound("timeout of a statement",
				() -> this.db.sql(endless()).timeout(Duration.ofMillis(100)).list(String.class));
	}

	@ParameterizedTest(name = "T12: {0}")
	@EnumSource(names = { "OWN", "HIKARI" })
	@DisplayName("T12: what the caller's own SQL has set is found by nobody")
	void whenChangedBySqlThenAsFound(Kind kind) throws Exception {
		open(kind);
		for (String sql : ownSettings()) {
			for (End end : ends()) {
				assertAsFound(sql + ", " + end, () -> this.db.execute((spec) -> spec.maxRetries(0), () -> {
					this.db.jdbcTemplate().execute(sql);
					end.come(this);
				}));
			}
			assertAsFound(sql + ", hook",
					() -> this.db.execute(
							(spec) -> spec.maxRetries(0).preAttempt((context) -> this.db.jdbcTemplate().execute(sql)),
							() -> this.db.jdbcTemplate().queryForList("select id from item")));
			assertAsFound(sql + ", batch", () -> this.db.execute((spec) -> spec.maxRetries(0),
					() -> this.db.jdbcTemplate().batchUpdate("update item set id = id", sql)));
			assertAsFound(sql + ", statement", () -> this.db.sql(sql).update());
			assertAsFound(sql + ", session", () -> {
				try (DatabaseSession session = this.db.open()) {
					session.sql(sql).update();
				}
			});
		}
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource(names = "HIKARI")
	@DisplayName("where no call of dbop is under way, an adopted pool goes on as it did")
	void whenNoOperationRunsThenAnAdoptedPoolGoesOnAsItDid(Kind kind) throws Exception {
		open(kind);
		try (Connection connection = this.db.dataSource().getConnection()) {
			for (String sql : ownSettings()) {
				try (Statement statement = connection.createStatement()) {
					statement.execute(sql);
				}
			}
		}
		assertThat(settings()).satisfies((now) -> {
			if (!ownSettings().isEmpty()) {
				assertThat(now).isNotEqualTo(this.found);
			}
		});
	}

	private static List<End> ends() {
		return FaultForm.choose(List.of(End.FAILURE), List.of(End.values()));
	}

	private <T> ExecutionSpec<T> declared(ExecutionSpec<T> spec) {
		spec.maxRetries(0).readOnly();
		return (kind() == TestDatabase.SQLITE) ? spec : spec.isolation(Isolation.SERIALIZABLE);
	}

	private List<String> ownSettings() {
		List<String> all = allOwnSettings();
		return all.subList(0, Math.min(all.size(), FaultForm.choose(2, all.size())));
	}

	private List<String> allOwnSettings() {
		return switch (kind()) {
			case POSTGRESQL -> List.of("SET search_path TO elsewhere", "set session lock_timeout = 77",
					"/* why */ SET statement_timeout = 7777", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
			case MYSQL, MARIADB ->
				List.of("SET SESSION innodb_lock_wait_timeout = 7", "set @@session.sort_buffer_size = 65536",
						"USE information_schema", "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
			case SQLITE -> List.of("PRAGMA cache_size = 77");
			default -> List.of();
		};
	}

	private void changeInTransaction() {
		String sql = switch (kind()) {
			case POSTGRESQL -> "SET LOCAL lock_timeout = 77";
			case MYSQL, MARIADB -> "SET @nothing = 1";
			default -> "select 1";
		};
		this.db.jdbcTemplate().execute(sql);
	}

	/** On the connection of the transaction. */
	private void changeAll() throws SQLException {
		Connection connection = DataSourceUtils.getConnection(this.db.dataSource());
		try {
			change(connection);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.db.dataSource());
		}
	}

	private void change(Connection connection) throws SQLException {
		connection.setNetworkTimeout(Runnable::run, 54_321);
		if (kind() != TestDatabase.SQLITE) {
			connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
		}
		switch (kind()) {
			case POSTGRESQL -> {
				connection.setSchema("elsewhere");
				connection.setClientInfo("ApplicationName", "changed");
			}
			case H2 -> connection.setSchema("ELSEWHERE");
			case MYSQL, MARIADB -> connection.setCatalog("information_schema");
			default -> {
			}
		}
		if (connection.getAutoCommit() && kind() != TestDatabase.SQLITE) {
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			connection.setReadOnly(true);
		}
	}

	private String endless() {
		return (kind() == TestDatabase.H2)
				? "select count(*) from system_range(1, 1000000000) a, system_range(1, 1000000000) b"
				: this.instance.sleepSql(Duration.ofSeconds(30));
	}

	private void assertAsFound(String what, Work work) throws Exception {
		catchThrowable(work::run);
		Thread.interrupted();
		assertThat(Objects.requireNonNull(this.pool).activity().holders()).as("held after: " + what).isEmpty();
		List<String> now = settings();
		List<String> changed = new ArrayList<>(now);
		changed.removeAll(this.found);
		assertThat(changed).as("changed by: " + what).isEmpty();
		assertThat(now).hasSameSizeAs(this.found);
	}

	private void open(Kind kind) throws Exception {
		ConnectionPool opened = switch (kind) {
			case OWN -> ConnectionPoolFactory.open(
					DatabaseConfig.builder("main").url(this.instance.url()).poolMin(1).poolMax(1).build(),
					Objects.requireNonNull(new Dialects(List.of()).findByUrl(this.instance.url())),
					CredentialsSource.of(this.instance.username(), this.instance.password()));
			case HIKARI -> ConnectionPoolFactory.adopt("main", hikari(), new Dialects(List.of()));
			case FOREIGN ->
				ConnectionPoolFactory.adopt("main", new OneConnection(this.instance), new Dialects(List.of()));
		};
		this.pool = opened;
		this.breakers = BreakerRegistry.create();
		JdbcTransactionManager manager = new JdbcTransactionManager(opened.dataSource());
		this.db = Database.of(new DatabaseEngine(opened, () -> manager, HandleFixture.QUICK, this.breakers,
				DatabaseEngine.Extensions.none()));
		this.found = settings();
	}

	private HikariDataSource hikari() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.instance.url());
		config.setUsername(this.instance.username());
		config.setPassword(this.instance.password());
		config.setMaximumPoolSize(1);
		return new HikariDataSource(config);
	}

	private TestDatabase kind() {
		return this.instance.database();
	}

	/** What the only connection is set to, as JDBC and the server tell. */
	private List<String> settings() throws SQLException {
		try (Connection connection = this.db.dataSource().getConnection()) {
			List<String> settings = new ArrayList<>();
			settings.add("auto-commit " + connection.getAutoCommit());
			settings.add("read-only " + connection.isReadOnly());
			settings.add("isolation " + connection.getTransactionIsolation());
			settings.add("schema " + connection.getSchema());
			settings.add("catalog " + connection.getCatalog());
			settings.add("network timeout " + connection.getNetworkTimeout());
			settings.add("holdability " + connection.getHoldability());
			settings.add("client " + connection.getClientInfo("ApplicationName"));
			for (String sql : queries()) {
				try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
					while (rows.next()) {
						settings.add(rows.getString(1) + " " + rows.getString(2));
					}
				}
			}
			return settings;
		}
	}

	/** In the full form all that the server tells. */
	private List<String> queries() {
		return switch (kind()) {
			case POSTGRESQL -> List.of("select name, setting from pg_settings where name not like 'transaction%'"
					+ FaultForm.choose(" and name in ('search_path', 'lock_timeout', 'statement_timeout', "
							+ "'application_name', 'default_transaction_isolation', 'default_transaction_read_only', "
							+ "'idle_in_transaction_session_timeout')", "")
					+ " order by name");
			case MYSQL -> FaultForm.choose(variables("max_execution_time", "transaction_isolation"),
					List.of("select variable_name, variable_value from performance_schema.session_variables "
							+ "where variable_name not in ('timestamp', 'pseudo_thread_id', 'rand_seed1', "
							+ "'rand_seed2', 'last_insert_id', 'identity', 'insert_id', 'gtid_executed', "
							+ "'statement_id') order by 1", DATABASE));
			case MARIADB -> FaultForm.choose(variables("max_statement_time", "tx_isolation"),
					List.of("select variable_name, variable_value from information_schema.session_variables "
							+ "where variable_name not in ('TIMESTAMP', 'PSEUDO_THREAD_ID', 'RAND_SEED1', "
							+ "'RAND_SEED2', 'LAST_INSERT_ID', 'IDENTITY', 'INSERT_ID', 'GTID_BINLOG_POS', "
							+ "'ERROR_COUNT', 'WARNING_COUNT', 'IN_TRANSACTION') order by 1", DATABASE));
			case H2 -> List.of(
					"select setting_name, setting_value from information_schema.settings "
							+ "where setting_name not like 'info%' order by 1",
					"select 'lock timeout', lock_timeout()");
			case SQLITE -> List.of("select 'busy', timeout from pragma_busy_timeout",
					"select 'cache', cache_size from pragma_cache_size",
					"select 'query only', query_only from pragma_query_only",
					"select 'keys', foreign_keys from pragma_foreign_keys");
			default -> List.of();
		};
	}

	private static List<String> variables(String... more) {
		List<String> names = new ArrayList<>(List.of("autocommit", "innodb_lock_wait_timeout", "lock_wait_timeout",
				"sort_buffer_size", "sql_mode", "character_set_client"));
		names.addAll(List.of(more));
		return List.of(names.stream()
			.map((name) -> "select '" + name + "', @@session." + name)
			.collect(Collectors.joining(" union all ")), DATABASE);
	}

	/** Whose pool it is. */
	enum Kind {

		OWN, HIKARI, FOREIGN

	}

	/** How the work on a connection ends. */
	enum End {

		SUCCESS {
			@Override
			void come(SettingsOfConnectionTests test) {
			}
		},

		FAILURE {
			@Override
			void come(SettingsOfConnectionTests test) {
				test.db.jdbcTemplate().execute("select * from nowhere");
			}
		},

		INTERRUPT {
			@Override
			void come(SettingsOfConnectionTests test) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted");
			}
		};

		abstract void come(SettingsOfConnectionTests test);

	}

	/** Something that changes settings. */
	@FunctionalInterface
	interface Work {

		void run() throws Throwable;

	}

	/** Which is another one after it was ended because its server was too slow. */
	static class OneConnection extends SingleConnectionDataSource {

		OneConnection(DatabaseInstance instance) {
			super(instance.url(), instance.username(), instance.password(), true);
		}

		@Override
		public Connection getConnection() throws SQLException {
			try {
				return super.getConnection();
			}
			catch (SQLException closed) {
				resetConnection();
				return super.getConnection();
			}
		}

	}

}
