package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
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
	void whenRunningThenItCannotBeStartedAgain() {
		assertThatIllegalStateException().isThrownBy(this.server::start);
	}

}
