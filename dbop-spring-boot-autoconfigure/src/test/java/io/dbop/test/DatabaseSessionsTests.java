package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what {@link DatabaseInstance} does from the server's side.
 */
@OnOneNode(OnOneNode.RECONNECTS)
@EachDatabase(except = TestDatabase.SQLITE)
class DatabaseSessionsTests {

	private final DatabaseInstance database;

	private final DataSource dataSource;

	DatabaseSessionsTests(DatabaseInstance database) {
		this.database = database;
		this.dataSource = database.dataSource();
	}

	@Test
	void whenConnectedThenSessionsAreCounted() throws SQLException {
		assertThat(this.database.sessions()).isZero();
		try (Connection one = this.dataSource.getConnection(); Connection two = this.dataSource.getConnection()) {
			assertThat(this.database.sessions()).isEqualTo(2);
		}
		await().until(() -> this.database.sessions() == 0);
	}

	@Test
	void whenKilledThenOnlyThatSessionIsDead() throws SQLException {
		try (Connection victim = this.dataSource.getConnection(); Connection other = this.dataSource.getConnection()) {
			this.database.kill(this.database.sessionOf(victim));
			await().untilAsserted(() -> assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> this.database.sessionOf(victim)));
			assertThat(this.database.sessionOf(other)).isNotNull();
			await().until(() -> this.database.sessions() == 1);
		}
	}

	@Test
	void whenSleepingThenTheStatementTakesThatLong() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			long start = System.nanoTime();
			connection.createStatement().execute(this.database.sleepSql(Duration.ofMillis(100)));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
		}
	}

}
