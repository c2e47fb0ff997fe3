package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link DatabaseInstance}.
 */
@EachDatabase
class DatabaseInstanceTests {

	private final DatabaseInstance database;

	DatabaseInstanceTests(DatabaseInstance database) {
		this.database = database;
	}

	@Test
	void whenCreatedThenEmpty() {
		createTable(this.database);
	}

	@Test
	void whenAnotherIsCreatedThenItIsSeparate(TestDatabase kind) throws SQLException {
		createTable(this.database);
		try (DatabaseInstance other = kind.freshDatabase()) {
			createTable(other);
			insert(other);
			assertThat(count(other)).isOne();
		}
		assertThat(count(this.database)).isZero();
	}

	@Test
	void whenClosedWithATransactionOpenThenDropped(TestDatabase kind) throws SQLException {
		DatabaseInstance other = kind.freshDatabase();
		createTable(other);
		Connection connection = other.dataSource().getConnection();
		connection.setAutoCommit(false);
		connection.createStatement().execute("insert into item (id) values (2)");
		assertThatNoException().isThrownBy(other::close);
		JdbcUtils.closeConnection(connection);
	}

	@RepeatedTest(20)
	void whenClosedWhileSomebodyWritesThenDropped(TestDatabase kind) throws Exception {
		DatabaseInstance other = kind.freshDatabase();
		createTable(other);
		AtomicBoolean closed = new AtomicBoolean();
		CountDownLatch writing = new CountDownLatch(5);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(other, writing, closed),
				OwnThreads.EACH);
		assertThat(writing.await(20, TimeUnit.SECONDS)).isTrue();
		assertThatNoException().isThrownBy(other::close);
		closed.set(true);
		writer.get(20, TimeUnit.SECONDS);
	}

	@Test
	void whenClosedAndClosedAgainThenTheNextTwoAreEmptyAndSeparate(TestDatabase kind) throws SQLException {
		DatabaseInstance used = kind.freshDatabase();
		createTable(used);
		used.close();
		used.close();
		try (DatabaseInstance one = kind.freshDatabase(); DatabaseInstance other = kind.freshDatabase()) {
			createTable(one);
			createTable(other);
			insert(one);
			assertThat(count(other)).isZero();
		}
	}

	/** Until the database is gone, which some notice and some do not. */
	private static void write(DatabaseInstance database, CountDownLatch written, AtomicBoolean closed) {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			for (int id = 1; !closed.get(); id++) {
				statement.execute("insert into item (id) values (" + id + ")");
				written.countDown();
			}
		}
		catch (SQLException ex) {
			// It is gone.
		}
	}

	private static void createTable(DatabaseInstance database) {
		JdbcClient client = JdbcClient.create(database.dataSource());
		client.sql("create table item (id integer primary key)").update();
	}

	private static void insert(DatabaseInstance database) {
		JdbcClient.create(database.dataSource()).sql("insert into item (id) values (1)").update();
	}

	private static long count(DatabaseInstance database) {
		return JdbcClient.create(database.dataSource()).sql("select count(*) from item").query(Long.class).single();
	}

}
