package io.dbop.pool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.dialect.Dialects;
import io.dbop.test.NamedLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc3.JDBC3Statement;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Transactions on an adopted pool of SQLite connections, as their application has set
 * them up.
 */
class AdoptedSqliteTests {

	private final AttemptLedger ledger = new NamedLedger("test");

	private String url = "";

	private HikariDataSource hikari;

	private ConnectionPool pool;

	@BeforeEach
	void open(@TempDir Path directory) throws SQLException {
		this.url = "jdbc:sqlite:" + directory.resolve("adopted.db") + "?journal_mode=DELETE&busy_timeout=0";
		this.hikari = new HikariDataSource();
		this.hikari.setJdbcUrl(this.url);
		this.hikari.setMaximumPoolSize(3);
		this.pool = ConnectionPoolFactory.adopt("main", this.hikari, new Dialects(List.of()));
		try (Connection setup = DriverManager.getConnection(this.url)) {
			PoolFixture.execute(setup, "create table item (id int)");
			PoolFixture.execute(setup, "insert into item values (1)");
		}
	}

	@AfterEach
	void close() {
		this.hikari.close();
	}

	@Test
	void whenNoOperationRunsThenTransactionsThatOnlyReadDoNotExcludeOneAnother() throws SQLException {
		try (Connection one = transaction(); Connection other = transaction()) {
			assertThat(count(one)).isOne();
			assertThat(count(other)).isOne();
			one.commit();
			other.commit();
		}
	}

	@Test
	void whenACommitIsRefusedThenSwitchingToAutocommitDoesNotCommitAfterAll() throws SQLException {
		this.ledger.open();
		try (Connection reader = DriverManager.getConnection(this.url); Connection writer = transaction()) {
			PoolFixture.execute(writer, "insert into item values (2)");
			try (Statement statement = reader.createStatement();
					ResultSet rows = statement.executeQuery("select id from item")) {
				assertThat(rows.next()).isTrue();
				assertThatExceptionOfType(SQLException.class).isThrownBy(writer::commit);
			}
			writer.setAutoCommit(true);
			assertThat(count(reader)).isOne();
			assertThat(this.ledger.committedWrites()).isZero();
			assertThat(this.ledger.commitPending()).isFalse();
		}
		finally {
			this.ledger.close();
		}
	}

	@Test
	void whenTheDriversConnectionIsGivenAwayThenItIsInTheTransaction() throws SQLException {
		try (Connection connection = transaction()) {
			PoolFixture.execute(connection.unwrap(SQLiteConnection.class), "insert into item values (2)");
			connection.rollback();
			try (Statement statement = connection.createStatement()) {
				PoolFixture.execute(statement.unwrap(JDBC3Statement.class).getConnection(),
						"insert into item values (3)");
			}
			connection.rollback();
			assertThat(count(connection)).isOne();
		}
	}

	@Test
	void whenConnectionsComeWithoutAutocommitThenTheyGoSo() throws SQLException {
		SingleConnectionDataSource single = new SingleConnectionDataSource(this.url, true);
		single.setAutoCommit(false);
		ConnectionPool adopted = ConnectionPoolFactory.adopt("single", single, new Dialects(List.of()));
		this.ledger.open();
		try {
			try (Connection connection = adopted.dataSource().getConnection()) {
				PoolFixture.execute(connection, "insert into item values (2)");
				connection.commit();
				PoolFixture.execute(connection, "insert into item values (3)");
				connection.rollback();
			}
			assertThat(single.getConnection().getAutoCommit()).isFalse();
			assertThat(count(single.getConnection())).isEqualTo(2);
		}
		finally {
			this.ledger.close();
			single.destroy();
		}
	}

	private Connection transaction() throws SQLException {
		Connection connection = this.pool.dataSource().getConnection();
		connection.setAutoCommit(false);
		return connection;
	}

	private static int count(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select count(*) from item")) {
			rows.next();
			return rows.getInt(1);
		}
	}

}
