package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;

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
