package io.dbop.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The lock on tables that holds on every node of a cluster. One server has to do here.
 */
@EachDatabase({ TestDatabase.MARIADB, TestDatabase.MYSQL })
class TableLeaseTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofSeconds(60);

	private final Connections connections;

	private final boolean cluster;

	TableLeaseTests(DatabaseInstance instance) {
		this.connections = new Connections(instance.dataSource());
		this.cluster = instance.nodes().size() > 1;
	}

	@AfterEach
	void close() throws SQLException {
		this.connections.close();
	}

	@Test
	void whenASingleServerThenItIsNotNeeded() throws SQLException {
		assertThat(TableLease.isNeeded(this.connections.open())).isEqualTo(this.cluster);
	}

	@Test
	void whenSomebodyHasItThenOthersWaitForThatEntityAlone() throws SQLException {
		SessionLimits held = TableLease.take(this.connections.open(), "users", SHORT);
		Connection other = this.connections.open();
		assertThatExceptionOfType(SQLTimeoutException.class).isThrownBy(() -> TableLease.take(other, "users", SHORT))
			.withMessageContaining("'users'")
			.withMessageContaining(TableLease.TABLE);
		TableLease.take(other, "orders", SHORT).takeBack(false);
		held.takeBack(false);
		TableLease.take(other, "users", SHORT).takeBack(true);
		assertThat(holders(other)).isZero();
	}

	@Test
	void whenItsHolderHasDiedThenItIsTakenOverOnceItsTimeIsOver() throws SQLException {
		Connection connection = this.connections.open();
		SessionLimits dead = TableLease.take(connection, "users", SHORT);
		execute(connection, "UPDATE dbop_locks SET held_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
		SessionLimits held = TableLease.take(this.connections.open(), "users", SHORT);
		// It was not dead after all: what another has by now is not its to give back.
		dead.takeBack(false);
		assertThat(holders(connection)).isOne();
		held.takeBack(false);
		assertThat(holders(connection)).isZero();
	}

	@Test
	void whenManyWantItThenOneHasItAtATime() throws SQLException {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Connection connection = this.connections.open();
			all.add(CompletableFuture.runAsync(() -> {
				try {
					for (int turn = 0; turn < 3; turn++) {
						SessionLimits lease = TableLease.take(connection, "users", LONG);
						most.accumulateAndGet(inside.incrementAndGet(), Math::max);
						inside.decrementAndGet();
						lease.takeBack(false);
					}
				}
				catch (SQLException ex) {
					throw new CompletionException(ex);
				}
			}, OwnThreads.EACH));
		}
		all.forEach(CompletableFuture::join);
		assertThat(most).hasValue(1);
	}

	private static int holders(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM dbop_locks")) {
			row.next();
			return row.getInt(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
