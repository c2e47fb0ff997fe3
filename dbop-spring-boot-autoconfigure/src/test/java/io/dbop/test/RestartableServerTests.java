package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RestartableServer}.
 */
@EachRestartableServer
class RestartableServerTests {

	private final RestartableServer server;

	RestartableServerTests(RestartableServer server) {
		this.server = server;
	}

	@Test
	void whenKilledAndRestartedThenWhatWasCommittedIsThereAndNothingElse() throws SQLException {
		DatabaseInstance database = this.server.freshDatabase();
		JdbcClient client = JdbcClient.create(database.dataSource());
		client.sql("create table item (id integer primary key)").update();
		client.sql("insert into item (id) values (1)").update();
		Connection uncommitted = database.dataSource().getConnection();
		uncommitted.setAutoCommit(false);
		uncommitted.createStatement().execute("insert into item (id) values (2)");
		this.server.kill();
		assertThatExceptionOfType(SQLException.class).isThrownBy(uncommitted::commit);
		JdbcUtils.closeConnection(uncommitted);
		this.server.start();
		assertThat(client.sql("select id from item").query(Integer.class).list()).containsExactly(1);
	}

	@Test
	void whenKilledThenConnectionsAreRefusedUntilItRestarts() throws SQLException {
		DatabaseInstance database = this.server.freshDatabase();
		this.server.kill();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> database.dataSource().getConnection());
		this.server.restart();
		try (Connection connection = database.dataSource().getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@Test
	void whenFrozenThenNothingAnswersUntilItGoesOn() throws Exception {
		DatabaseInstance database = this.server.freshDatabase();
		try (Connection connection = database.dataSource().getConnection()) {
			connection.setNetworkTimeout(Runnable::run, 10_000);
			this.server.freeze();
			CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> isOne(connection));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS));
			this.server.thaw();
			assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static boolean isOne(Connection connection) {
		return JdbcClient.create(new SingleConnectionDataSource(connection, true))
			.sql("select 1")
			.query(Integer.class)
			.single() == 1;
	}

	@Test
	void whenMySqlOrMariaDbThenEachOfTheirDriversTalksToIt() throws SQLException {
		DatabaseInstance database = this.server.freshDatabase();
		List<DatabaseInstance> drivers = database.drivers();
		assertThat(drivers).hasSize((database.database() == TestDatabase.POSTGRESQL) ? 1 : 2).contains(database);
		assertThat(drivers).extracting(DatabaseInstance::driverClassName).doesNotHaveDuplicates();
		for (DatabaseInstance each : drivers) {
			assertThat(JdbcClient.create(each.dataSource()).sql("select 1").query(Integer.class).single()).isOne();
		}
	}

	@Test
	void whenRunningThenItCannotBeStartedAgain() {
		assertThatIllegalStateException().isThrownBy(this.server::start);
	}

}
