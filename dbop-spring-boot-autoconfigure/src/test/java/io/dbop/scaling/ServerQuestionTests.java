package io.dbop.scaling;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server is asked beside callers, on a pool that is not HikariCP's. */
@OnOneNode(OnOneNode.SESSIONS)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class ServerQuestionTests {

	private static final int OWN_TIMEOUT = 77_000;

	private final DatabaseInstance database;

	ServerQuestionTests(DatabaseInstance database) {
		this.database = database;
	}

	@Test
	void whenTheConnectionIsOneOfThePoolsThenItIsLeftAsItWas() throws SQLException {
		try (Connection only = this.database.dataSource().getConnection()) {
			only.setNetworkTimeout(Runnable::run, OWN_TIMEOUT);
			only.setAutoCommit(false);
			ConnectionPool pool = ConnectionPoolFactory.adopt("main", new SingleConnectionDataSource(only, true),
					new Dialects(List.of()));
			try (Connection user = pool.dataSource().getConnection(); Statement statement = user.createStatement()) {
				statement.execute("SELECT 1");
				user.rollback();
			}
			ServerQuestion question = new ServerQuestion(pool, Runnable::run);
			long now = System.nanoTime();
			question.askIfDue(now, false);
			assertThat(question.answer(now + Duration.ofSeconds(1).toNanos())).isNotNull();
			assertThat(only.getNetworkTimeout()).isEqualTo(OWN_TIMEOUT);
			only.setReadOnly(true);
		}
	}

}
