package io.dbop.execution;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NotOnClusters;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.annotation.Isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A connection goes back to the pool as it was found. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class ConnectionSettingsTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private List<Object> found = List.of();

	ConnectionSettingsTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database, (settings) -> settings.setMaximumPoolSize(1));
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@BeforeEach
	void look() throws SQLException {
		this.found = settings();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("T12: after success")
	@NotOnClusters(value = "Group Replication refuses writes at SERIALIZABLE", of = TestDatabase.MYSQL)
	void whenTheCallSucceedsThenTheSettingsAreAsFound() throws Throwable {
		this.fixture.perform((spec) -> spec.isolation(Isolation.SERIALIZABLE), () -> this.items.note("written"));
		assertThat(settings()).isEqualTo(this.found);
		this.fixture.perform((spec) -> spec.isolation(Isolation.SERIALIZABLE).readOnly(), this.items::ids);
		this.fixture.perform((spec) -> spec.readOnly(), () -> this.fixture.jdbc.queryForList("select id from item"));
		assertThat(settings()).isEqualTo(this.found);
	}

	@Test
	@DisplayName("T12: after failure")
	void whenTheCallFailsThenTheSettingsAreAsFound() throws SQLException {
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.isolation(Isolation.SERIALIZABLE), () -> {
			this.items.note("undone");
			this.fixture.jdbc.execute("nonsense");
		}))).isNotNull();
		assertThat(settings()).isEqualTo(this.found);
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("T12: after a timeout")
	void whenTheCallTimesOutThenTheSettingsAreAsFound() throws SQLException {
		String sleep = (this.database.database() == TestDatabase.H2)
				? "select count(*) from system_range(1, 1000000) a cross join system_range(1, 1000000) b"
				: this.database.sleepSql(Duration.ofSeconds(30));
		assertThat(catchThrowable(() -> this.fixture.perform(
				(spec) -> spec.isolation(Isolation.SERIALIZABLE).maxRetries(0).attemptTimeout(Duration.ofMillis(150)),
				() -> {
					this.items.note("undone");
					this.fixture.jdbc.execute(sleep);
				})))
			.isNotNull();
		assertThat(settings()).isEqualTo(this.found);
		assertThat(this.items.notes()).isEmpty();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("T12: after an interrupt")
	void whenTheCallIsInterruptedThenTheSettingsAreAsFound() throws SQLException {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThat(catchThrowable(
					() -> this.fixture.perform((spec) -> spec.isolation(Isolation.READ_COMMITTED), () -> {
						this.items.note("undone");
						Thread.currentThread().interrupt();
						this.items.lockNow(1);
					})))
				.isNotNull();
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(settings()).isEqualTo(this.found);
		assertThat(this.items.notes()).isEmpty();
		assertThat(this.fixture.statistics("operation").retries()).isZero();
	}

	/** What the only connection of the pool is set to. */
	private List<Object> settings() throws SQLException {
		try (Connection connection = this.fixture.pool.dataSource().getConnection()) {
			List<Object> settings = new ArrayList<>(List.of(connection.getAutoCommit(), connection.isReadOnly(),
					connection.getTransactionIsolation(), String.valueOf(connection.getSchema()),
					String.valueOf(connection.getCatalog()), connection.getNetworkTimeout()));
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query())) {
				row.next();
				for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
					settings.add(String.valueOf(row.getObject(column)));
				}
			}
			return settings;
		}
	}

	private String query() {
		return switch (this.database.database()) {
			case POSTGRESQL -> "select current_setting('search_path'), current_setting('statement_timeout'), "
					+ "current_setting('lock_timeout'), current_setting('default_transaction_isolation'), "
					+ "current_setting('default_transaction_read_only'), current_setting('idle_in_transaction_session_timeout')";
			case MYSQL -> "select @@autocommit, @@transaction_isolation, @@transaction_read_only, "
					+ "@@innodb_lock_wait_timeout, @@max_execution_time";
			case MARIADB -> "select @@autocommit, @@tx_isolation, @@tx_read_only, @@innodb_lock_wait_timeout, "
					+ "@@max_statement_time";
			default -> "select isolation_level from information_schema.sessions where session_id = session_id()";
		};
	}

}
