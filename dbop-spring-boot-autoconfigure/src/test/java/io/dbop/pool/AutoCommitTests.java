package io.dbop.pool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

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

	/** By its class: for the interface it is the one that was given. */
	private static Connection driver(Connection connection) throws SQLException {
		return connection.unwrap(((RecordedConnection) connection).target().unwrap(Connection.class).getClass());
	}

	private static String insert(int id) {
		return "insert into item (id, name) values (%d, 'one')".formatted(id);
	}

	/** Leaves autocommit off, where it may stay so. */
	private void begunAndCommitted() throws SQLException {
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			execute(connection, READ);
			connection.commit();
		}
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
			Connection driver = driver(connection);
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
			begunAndCommitted();
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

	@Test
	void whenTheCatalogueIsKeptThenWhatItReadsIsInTheSameMode() throws SQLException {
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			DatabaseMetaData catalogue = connection.getMetaData();
			execute(connection, insert(1));
			connection.commit();
			connection.setAutoCommit(true);
			try (ResultSet tables = catalogue.getTables(null, null, "%", null)) {
				assertThat(tables.next()).isTrue();
			}
			Connection unseen = catalogue.getConnection();
			unseen.setAutoCommit(false);
			unseen.setAutoCommit(true);
			connection.setAutoCommit(false);
			execute(connection, insert(2));
			connection.commit();
			connection.setAutoCommit(true);
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenAStatementTellsOfItsColumnsThenNoTransactionIsLeftOpen() throws SQLException {
		for (int i = 0; i < 2; i++) {
			begunAndCommitted();
			try (Connection connection = connection();
					PreparedStatement statement = connection.prepareStatement("select * from item where id > ?")) {
				statement.getMetaData();
				statement.getParameterMetaData();
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
	void whenRowsAreChangedThroughRowsThenInTheSameMode() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.H2);
		add(1);
		try (Connection connection = connection();
				Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE,
						ResultSet.CONCUR_UPDATABLE);
				ResultSet rows = statement.executeQuery("select id, name from item")) {
			connection.setAutoCommit(false);
			rename(rows, "two");
			connection.rollback();
			assertThat(name()).isEqualTo("one");
			rename(rows, "three");
			connection.commit();
			connection.setAutoCommit(true);
			rename(rows, "four");
			assertThat(name()).isEqualTo("four");
			connection.setAutoCommit(false);
			rename(rows, "five");
		}
		begunAndCommitted();
		assertThat(name()).isEqualTo("four");
	}

	private static void rename(ResultSet rows, String name) throws SQLException {
		assertThat(rows.first()).isTrue();
		rows.updateString(2, name);
		rows.updateRow();
	}

	private void add(int id) throws SQLException {
		try (Connection connection = connection()) {
			execute(connection, insert(id));
		}
	}

	private String name() throws SQLException {
		try (Connection connection = this.database.dataSource().getConnection();
				PreparedStatement name = connection.prepareStatement("select name from item");
				ResultSet rows = name.executeQuery()) {
			rows.next();
			return rows.getString(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET autocommit=0", "START TRANSACTION", "BEGIN" })
	void whenATransactionBeginsByATextThenJdbcEndsIt(String text) throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		begunAndCommitted();
		try (Connection connection = connection()) {
			execute(connection, text);
			execute(connection, insert(1));
			connection.setAutoCommit(false);
			connection.rollback();
			execute(connection, insert(2));
			connection.commit();
			execute(connection, insert(3));
			connection.rollback();
			execute(connection, insert(4));
			connection.setAutoCommit(true);
			execute(connection, insert(5));
		}
		assertThat(count()).isEqualTo(3);
	}

	@Test
	void whenThePoolIsWithoutAutocommitThenItMayBeSwitchedOnAll() throws SQLException {
		try (ConnectionPool without = PoolFixture.open(this.database,
				PoolFixture.config(this.database).poolMax(1).hikari(Map.of("auto-commit", "false")))) {
			for (int i = 0; i < 3; i++) {
				try (Connection connection = without.dataSource().getConnection()) {
					connection.setAutoCommit(true);
					execute(connection, insert(10 * i));
				}
				try (Connection connection = without.dataSource().getConnection()) {
					execute(connection, insert(10 * i + 1));
				}
				try (Connection connection = without.dataSource().getConnection()) {
					execute(connection, insert(10 * i + 2));
					connection.commit();
				}
				assertThat(count()).isEqualTo(2 * i + 2);
			}
		}
	}

	@Test
	void whenTheConnectionIsLostAtTheSwitchThenTheNextOneGetsAnother() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.database.proxy();
				ConnectionPool lossy = PoolFixture.open(this.database.through(proxy),
						PoolFixture.config(this.database.through(proxy)).poolMax(1))) {
			for (String cut : List.of("autocommit=1", "autocommit=0")) {
				try (Connection connection = lossy.dataSource().getConnection()) {
					connection.setAutoCommit(cut.endsWith("0"));
					execute(connection, READ);
				}
				proxy.cutNext((sql) -> sql.toLowerCase(Locale.ROOT).contains(cut), CutPoint.BEFORE_SERVER);
				try (Connection connection = lossy.dataSource().getConnection()) {
					connection.setAutoCommit(cut.endsWith("1"));
					assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, READ));
				}
				try (Connection connection = lossy.dataSource().getConnection()) {
					execute(connection, READ);
				}
			}
			assertThat(proxy.statementCuts(CutPoint.BEFORE_SERVER)).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenATransactionIsAbandonedAfterSomethingUnseenThenItIsRolledBack(Unseen unseen) throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.H2,
				TestDatabase.SQLITE, TestDatabase.POSTGRESQL);
		boolean rows = this.database.database() != TestDatabase.SQLITE || unseen != Unseen.UPDATABLE_ROWS;
		assumeThat(rows).as("it has such rows").isTrue();
		for (int i = 0; i < 2; i++) {
			begunAndCommitted();
			try (Connection connection = connection()) {
				connection.setAutoCommit(false);
				execute(connection, insert(1));
				unseen.on(connection);
			}
			assertThat(count()).isZero();
		}
	}

	@Test
	void whenTheDriversConnectionHasWrittenThenWhatFollowsIsInTheSameTransaction() throws SQLException {
		try (Connection connection = connection()) {
			Connection driver = driver(connection);
			connection.setAutoCommit(false);
			execute(driver, insert(1));
			execute(connection, insert(2));
			connection.rollback();
			assertThat(count()).isZero();
			execute(driver, insert(3));
			execute(connection, insert(4));
			connection.rollback();
			assertThat(count()).isZero();
			execute(connection, insert(5));
			connection.commit();
			connection.setAutoCommit(true);
		}
		assertThat(count()).isOne();
	}

	/** What may send something that is not recorded. */
	enum Unseen {

		DRIVERS_CONNECTION {

			@Override
			void on(Connection connection) throws SQLException {
				driver(connection);
			}

		},

		CATALOGUE {

			@Override
			void on(Connection connection) throws SQLException {
				connection.getMetaData().getSchemas().close();
			}

		},

		COLUMNS {

			@Override
			void on(Connection connection) throws SQLException {
				try (PreparedStatement statement = connection.prepareStatement(READ)) {
					statement.getMetaData();
				}
			}

		},

		UPDATABLE_ROWS {

			@Override
			void on(Connection connection) throws SQLException {
				connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE).close();
			}

		},

		TEXT {

			@Override
			void on(Connection connection) throws SQLException {
				try (Statement statement = connection.createStatement()) {
					statement.addBatch("create table other (id integer)");
				}
			}

		};

		abstract void on(Connection connection) throws SQLException;

	}

	@Test
	void whenTheSwitchFailsThenTheNextStatementTriesItAgain() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.H2);
		AtomicBoolean fails = new AtomicBoolean();
		try (Connection driver = this.database.dataSource().getConnection();
				Connection connection = new RecordedConnection(this.pool, failingToSwitch(driver, fails), true, null,
						System.nanoTime())) {
			connection.setAutoCommit(false);
			fails.set(true);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, insert(1)));
			execute(connection, insert(2));
			connection.rollback();
			assertThat(count()).isZero();
			execute(connection, insert(3));
			connection.commit();
			connection.setAutoCommit(true);
			fails.set(true);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, insert(4)));
			execute(connection, insert(5));
			assertThat(count()).isEqualTo(2);
		}
	}

	/** The driver's connection, which refuses to switch autocommit once when told to. */
	private static Connection failingToSwitch(Connection driver, AtomicBoolean fails) {
		return (Connection) Proxy.newProxyInstance(AutoCommitTests.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("unwrap")) {
						return proxy;
					}
					if (method.getName().equals("setAutoCommit") && fails.getAndSet(false)) {
						throw new SQLException("Interrupted", "70100", 1317);
					}
					try {
						return method.invoke(driver, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
