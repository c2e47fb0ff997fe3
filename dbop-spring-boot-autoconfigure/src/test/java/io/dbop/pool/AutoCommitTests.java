package io.dbop.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Autocommit as those see it who switch it on one connection, or get one that others have
 * switched.
 */
@EachDatabase(also = TestDatabase.HSQLDB)
class AutoCommitTests {

	private static final String READ = "select count(*) from item";

	private final DatabaseInstance database;

	private ConnectionPool pool;

	AutoCommitTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.pool = PoolFixture.open(this.database, PoolFixture.config(this.database).poolMax(1));
	}

	@AfterEach
	void close() {
		this.pool.close(Duration.ZERO);
	}

	private Connection connection() throws SQLException {
		return this.pool.dataSource().getConnection();
	}

	private int count() throws SQLException {
		return PoolFixture.count(this.database);
	}

	private static int count(Connection connection) throws SQLException {
		try (PreparedStatement count = connection.prepareStatement(READ); ResultSet rows = count.executeQuery()) {
			rows.next();
			return rows.getInt(1);
		}
	}

	private static String insert(int id) {
		return "insert into item (id, name) values (%d, 'one')".formatted(id);
	}

	@Test
	void whenStatementsHaveCommittedThenATransactionAfterThemIsOne() throws SQLException {
		try (Connection connection = connection()) {
			execute(connection, READ);
			execute(connection, insert(1));
			connection.setAutoCommit(false);
			execute(connection, insert(2));
			execute(connection, insert(3));
			connection.rollback();
			assertThat(count()).isOne();
			execute(connection, insert(4));
			connection.commit();
			connection.setAutoCommit(true);
			execute(connection, insert(5));
			assertThat(count()).isEqualTo(3);
		}
	}

	@Test
	void whenATransactionWasBeforeThenStatementsCommitByThemselves() throws SQLException {
		for (int i = 0; i < 3; i++) {
			try (Connection connection = connection()) {
				connection.setAutoCommit(false);
				execute(connection, insert(10 * i));
				connection.commit();
				connection.setAutoCommit(true);
			}
			try (Connection connection = connection()) {
				assertThat(connection.getAutoCommit()).isTrue();
				execute(connection, insert(10 * i + 1));
				assertThat(count()).isEqualTo(2 * i + 2);
			}
		}
	}

	@Test
	void whenAPreparedStatementOutlivesTheTransactionThenItCommitsByItself() throws SQLException {
		try (Connection connection = connection();
				PreparedStatement insert = connection
					.prepareStatement("insert into item (id, name) values (?, 'one')")) {
			connection.setAutoCommit(false);
			insert.setInt(1, 1);
			insert.executeUpdate();
			connection.rollback();
			connection.setAutoCommit(true);
			insert.setInt(1, 2);
			insert.executeUpdate();
			assertThat(count()).isOne();
			connection.setAutoCommit(false);
			insert.setInt(1, 3);
			insert.executeUpdate();
			connection.rollback();
			connection.setAutoCommit(true);
			assertThat(count()).isOne();
		}
	}

	@Test
	void whenATransactionIsLeftOpenThenItIsRolledBackForTheNext() throws SQLException {
		for (int i = 0; i < 3; i++) {
			try (Connection connection = connection()) {
				connection.setAutoCommit(false);
				execute(connection, insert(1));
			}
			assertThat(count()).isZero();
			try (Connection connection = connection()) {
				assertThat(connection.getAutoCommit()).isTrue();
				connection.setAutoCommit(false);
				execute(connection, READ);
				connection.commit();
			}
		}
		try (Connection connection = connection()) {
			execute(connection, insert(1));
		}
		assertThat(count()).isOne();
	}

	@Test
	void whenSwitchedOnInATransactionThenItIsCommittedAndTheNextCommitsByItself() throws SQLException {
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			execute(connection, insert(1));
			connection.setAutoCommit(true);
			assertThat(count()).isOne();
			execute(connection, insert(2));
			assertThat(count()).isEqualTo(2);
			connection.setAutoCommit(false);
			connection.setAutoCommit(true);
			connection.setAutoCommit(false);
			connection.setAutoCommit(false);
			execute(connection, insert(3));
			connection.rollback();
			connection.setAutoCommit(true);
			connection.setAutoCommit(true);
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenTheDriversConnectionIsUsedThenItIsInTheSameMode() throws SQLException {
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			execute(connection, insert(1));
			connection.commit();
			connection.setAutoCommit(true);
			Connection driver = connection.unwrap(Connection.class);
			assertThat(driver.getAutoCommit()).isTrue();
			execute(driver, insert(2));
			assertThat(count()).isEqualTo(2);
			connection.setAutoCommit(false);
			execute(driver, insert(3));
			connection.rollback();
			assertThat(count()).isEqualTo(2);
			connection.setAutoCommit(true);
			execute(driver, insert(4));
			assertThat(count()).isEqualTo(3);
		}
	}

	@Test
	void whenTheCatalogueIsReadByItselfThenNoTransactionIsLeftOpen() throws SQLException {
		for (int i = 0; i < 2; i++) {
			try (Connection connection = connection()) {
				connection.setAutoCommit(false);
				execute(connection, READ);
				connection.commit();
			}
			try (Connection connection = connection();
					ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
				assertThat(tables.next()).isTrue();
			}
			try (Connection other = this.database.dataSource().getConnection()) {
				execute(other, insert(i));
			}
			try (Connection connection = connection()) {
				connection.setAutoCommit(false);
				assertThat(count(connection)).isEqualTo(i + 1);
				connection.commit();
			}
		}
	}

	@Test
	void whenASavepointIsFirstThenItIsInTheTransaction() throws SQLException {
		try (Connection connection = connection()) {
			execute(connection, insert(1));
			connection.setAutoCommit(false);
			Savepoint savepoint = connection.setSavepoint();
			execute(connection, insert(2));
			connection.rollback(savepoint);
			execute(connection, insert(3));
			connection.commit();
		}
		assertThat(count()).isEqualTo(2);
	}

}
