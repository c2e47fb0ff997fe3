package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Phase;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A statement that ran too long, where the server's answer that it was interrupted comes
 * before MySQL's driver knows that its cancel was a success.
 */
@Timeout(60)
@EachDatabase(TestDatabase.MYSQL)
class ConfirmedLimitTests {

	/** A kill only shortens a sleep: what comes after it is interrupted. */
	private static final String INSERT = "insert into item (id) select 40 + sleep(20) from (select 1 union all select 2) two";

	private final JdbcClient observer;

	private final WireProxy proxy;

	private final DatabaseInstance database;

	private ConnectionPool pool;

	ConfirmedLimitTests(DatabaseInstance database) {
		this.observer = JdbcClient.create(database.dataSource());
		this.proxy = database.proxy();
		this.database = database.through(this.proxy);
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.pool = PoolFixture.open(this.database,
				PoolFixture.config(this.database).poolMax(1).poolMin(1).queryExecutionTimeout(Duration.ofMillis(300)));
	}

	@AfterEach
	void close() {
		this.proxy.heal();
		this.pool.close();
		this.proxy.close();
	}

	@Test
	void whenTheServerConfirmsFirstThenItIsATimeoutAndNothingIsInDoubt() throws Exception {
		try (Connection connection = this.pool.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			int connects = this.proxy.connectAttempts().size();
			this.proxy.blackHoleForNewcomers();
			CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> failureOf(statement, INSERT),
					OwnThreads.EACH);
			await("the driver's cancel").until(() -> this.proxy.connectAttempts().size() > connects);
			this.observer.sql("kill query " + running().get(0)).update();
			Classification meaning = SqlExceptionChain.classify(failure.get(20, TimeUnit.SECONDS),
					this.pool.dialect()::classify);
			this.proxy.heal();
			assertThat(meaning.kind()).isEqualTo(FailureKind.STATEMENT_TIMEOUT);
			assertThat(meaning.redo()).isEqualTo(Redo.NEVER);
			assertThat(meaning.outcomeUnknownIn(Phase.AUTOCOMMIT)).isFalse();
		}
		assertThat(PoolFixture.count(this.database)).isZero();
	}

	private static SQLException failureOf(Statement statement, String sql) {
		try {
			statement.execute(sql);
			throw new AssertionError("It was not ended");
		}
		catch (SQLException ex) {
			return ex;
		}
	}

	private List<Long> running() {
		return this.observer.sql(
				"select id from information_schema.processlist where info like 'insert into item%' and command = 'Query'")
			.query(Long.class)
			.list();
	}

}
