package io.dbop.pool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.TransactionBoundaries;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The mode of a connection as those see it who make it read-only, or get one that others
 * have made so.
 */
@EachDatabase
class ReadOnlyModeTests {

	private static final String READ = "select count(*) from item";

	private final DatabaseInstance database;

	private ConnectionPool pool;

	ReadOnlyModeTests(DatabaseInstance database) {
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

	/** The others take the mode for a hint. */
	private boolean enforced() {
		return List.of(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL)
			.contains(this.database.database());
	}

	/** By its class: for the interface it is the one that was given. */
	private static Connection driver(Connection connection) throws SQLException {
		return connection.unwrap(((RecordedConnection) connection).target().unwrap(Connection.class).getClass());
	}

	private static String insert(int id) {
		return "insert into item (id, name) values (%d, 'one')".formatted(id);
	}

	/** As Spring does it. */
	private void transaction(boolean readOnly, String... statements) throws SQLException {
		try (Connection connection = connection()) {
			connection.setReadOnly(readOnly);
			connection.setAutoCommit(false);
			try {
				for (String each : statements) {
					execute(connection, each);
				}
				connection.commit();
			}
			catch (SQLException ex) {
				connection.rollback();
				throw ex;
			}
			finally {
				connection.setAutoCommit(true);
				if (readOnly) {
					connection.setReadOnly(false);
				}
			}
		}
	}

	private void assertRefused(Connection connection, int id) throws SQLException {
		if (enforced()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, insert(id)))
				.withMessageMatching("(?i).*read[- ]only.*");
		}
	}

	@Test
	void whenReadOnlyAndOthersTakeTurnsThenEachHasItsMode() throws SQLException {
		assumeThat(enforced()).isTrue();
		for (int i = 0; i < 3; i++) {
			int id = 10 * i;
			transaction(true, READ, READ);
			transaction(true, READ);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> transaction(true, insert(id)));
			transaction(false, insert(id), insert(id + 1));
			transaction(true, READ);
			try (Connection connection = connection()) {
				assertThat(connection.isReadOnly()).isFalse();
				execute(connection, insert(id + 2));
			}
		}
		assertThat(count()).isEqualTo(9);
	}

	@Test
	void whenStatementsCommitByThemselvesThenTheNextOneHasTheMode() throws SQLException {
		try (Connection connection = connection()) {
			execute(connection, insert(1));
			connection.setReadOnly(true);
			assertThat(connection.isReadOnly()).isTrue();
			execute(connection, READ);
			if (this.database.database() != TestDatabase.POSTGRESQL) {
				// Whose mode is that of transactions.
				assertRefused(connection, 2);
			}
			connection.setReadOnly(false);
			assertThat(connection.isReadOnly()).isFalse();
			execute(connection, insert(3));
			connection.setReadOnly(true);
		}
		try (Connection connection = connection()) {
			assertThat(connection.isReadOnly()).isFalse();
			execute(connection, insert(4));
		}
		assertThat(count()).isEqualTo(3);
	}

	@Test
	void whenItIsSwitchedBetweenTransactionsOfOneConnectionThenEachHasItsMode() throws SQLException {
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			connection.setReadOnly(true);
			assertRefused(connection, 1);
			connection.rollback();
			connection.setReadOnly(false);
			execute(connection, insert(2));
			connection.commit();
			connection.setReadOnly(true);
			execute(connection, READ);
			connection.rollback();
			assertRefused(connection, 3);
			connection.rollback();
		}
		try (Connection connection = connection()) {
			execute(connection, insert(4));
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenItIsSwitchedInATransactionThenTheDriverIsToldAtOnce() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (Connection connection = connection()) {
			connection.setAutoCommit(false);
			execute(connection, insert(1));
			connection.setReadOnly(true);
			Connection driver = ((RecordedConnection) connection).target().unwrap(Connection.class);
			assertThat(driver.isReadOnly()).isTrue();
			connection.commit();
			assertRefused(connection, 2);
			connection.rollback();
		}
		try (Connection connection = connection()) {
			assertThat(connection.isReadOnly()).isFalse();
			execute(connection, insert(3));
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenTheDriversConnectionIsUsedThenItIsInTheSameMode() throws SQLException {
		assumeThat(this.database.database()).isNotIn(TestDatabase.H2, TestDatabase.SQLITE);
		transaction(true, READ);
		try (Connection connection = connection()) {
			Connection driver = driver(connection);
			assertThat(driver.isReadOnly()).isFalse();
			execute(driver, insert(1));
			connection.setReadOnly(true);
			assertThat(driver.isReadOnly()).isTrue();
			assertThat(connection.isReadOnly()).isTrue();
		}
		try (Connection connection = connection()) {
			connection.setReadOnly(true);
			assertThat(driver(connection).isReadOnly()).isTrue();
		}
		try (Connection connection = connection()) {
			assertThat(connection.isReadOnly()).isFalse();
			execute(connection, insert(2));
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenThePoolIsReadOnlyThenItMayBeSwitchedOff() throws SQLException {
		assumeThat(enforced()).isTrue();
		try (ConnectionPool readOnly = PoolFixture.open(this.database,
				PoolFixture.config(this.database).poolMax(1).hikari(Map.of("read-only", "true")))) {
			for (int i = 0; i < 2; i++) {
				try (Connection connection = readOnly.dataSource().getConnection()) {
					assertThat(connection.isReadOnly()).isTrue();
					connection.setAutoCommit(false);
					assertRefused(connection, i);
					connection.rollback();
					connection.setReadOnly(false);
					assertThat(connection.isReadOnly()).isFalse();
					execute(connection, insert(i));
					connection.commit();
				}
			}
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenTheServerPreparesStatementsThenInTheirMode() throws SQLException {
		assumeThat(this.database.database()).isEqualTo(TestDatabase.MYSQL);
		try (ConnectionPool preparing = openAt(with("useServerPrepStmts=true&emulateUnsupportedPstmts=false"))) {
			for (int i = 0; i < 2; i++) {
				try (Connection connection = preparing.dataSource().getConnection()) {
					connection.setReadOnly(true);
					execute(connection, READ);
				}
				try (Connection connection = preparing.dataSource().getConnection();
						PreparedStatement insert = connection.prepareStatement(insert(i))) {
					insert.executeUpdate();
				}
			}
		}
		assertThat(count()).isEqualTo(2);
	}

	private ConnectionPool openAt(String url) {
		return ConnectionPoolFactory.open(PoolFixture.config(this.database).url(url).poolMax(1).build(),
				PoolFixture.dialect(this.database),
				CredentialsSource.of(this.database.username(), this.database.password()));
	}

	private String with(String parameters) {
		return this.database.url() + (this.database.url().contains("?") ? "&" : "?") + parameters;
	}

	@Test
	void whenAStatementChangesTheModeThenItMayBeChangedBack() throws SQLException {
		assumeThat(this.database.database()).isEqualTo(TestDatabase.MYSQL);
		try (Connection connection = connection()) {
			execute(connection, "SET SESSION TRANSACTION READ ONLY");
			connection.setReadOnly(false);
			execute(connection, insert(1));
		}
		try (Connection connection = connection()) {
			execute(connection, insert(2));
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenTheDriverChoosesAServerByItThenItIsSwitchedAtOnce() throws SQLException {
		assumeThat(this.database.database()).isEqualTo(TestDatabase.MARIADB);
		Matcher url = Pattern.compile("jdbc:mariadb://([^/]+)/(.*)").matcher(this.database.url());
		assertThat(url.matches()).isTrue();
		try (ConnectionPool several = openAt(
				"jdbc:mariadb:replication://%1$s,%1$s/%2$s".formatted(url.group(1), url.group(2)))) {
			Connection driver;
			try (Connection connection = several.dataSource().getConnection()) {
				driver = ((RecordedConnection) connection).target().unwrap(Connection.class);
				connection.setReadOnly(true);
				assertThat(driver.isReadOnly()).isTrue();
				execute(connection, READ);
			}
			assertThat(driver.isReadOnly()).isFalse();
		}
	}

	@Test
	void whenTheServerHasNoSuchModeThenAHintIsNoMore() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		Dialect dialect = refusing(PoolFixture.dialect(this.database));
		try (ConnectionPool refused = ConnectionPoolFactory.open(PoolFixture.config(this.database).poolMax(1).build(),
				dialect, CredentialsSource.of(this.database.username(), this.database.password()))) {
			try (Connection connection = refused.dataSource().getConnection()) {
				connection.setReadOnly(true);
				assertThat(connection.isReadOnly()).isTrue();
				connection.setAutoCommit(false);
				execute(connection, insert(1));
				connection.commit();
				assertThat(connection.isReadOnly()).isFalse();
			}
			try (Connection connection = refused.dataSource().getConnection()) {
				connection.setReadOnly(true);
				assertThat(driver(connection).isReadOnly()).as("from then on it is switched at once").isTrue();
			}
		}
		assertThat(count()).isOne();
	}

	@Test
	void whenTheServerHasNoSuchModeThenAHintIsNoMoreWhateverComesFirst() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		Dialect dialect = refusing(PoolFixture.dialect(this.database));
		try (ConnectionPool refused = ConnectionPoolFactory.open(PoolFixture.config(this.database).poolMax(1).build(),
				dialect, CredentialsSource.of(this.database.username(), this.database.password()));
				Connection connection = refused.dataSource().getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			execute(connection, "SET @x = 1");
			execute(connection, insert(1));
			connection.commit();
		}
		assertThat(count()).isOne();
	}

	/** As TiDB does where it is taken for MySQL. */
	private static Dialect refusing(Dialect dialect) {
		TransactionBoundaries refusing = proxy(TransactionBoundaries.class, dialect.transactions(), "agreeOnReadOnly",
				(arguments) -> {
					if (Boolean.TRUE.equals(arguments[1])) {
						throw new SQLException("function READ ONLY has only noop implementation", "42000", 1235);
					}
					return null;
				});
		return proxy(Dialect.class, dialect, "transactions", (arguments) -> refusing);
	}

	private static <T> T proxy(Class<T> type, T target, String changed, Answer answer) {
		return type.cast(Proxy.newProxyInstance(ReadOnlyModeTests.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> {
					if (method.getName().equals(changed)) {
						return answer.to(arguments);
					}
					try {
						return method.invoke(target, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				}));
	}

	/** What a method gives in place of its own. */
	@FunctionalInterface
	private interface Answer {

		Object to(Object[] arguments) throws SQLException;

	}

	@Test
	void whenTheConnectionIsLostAtTheSwitchThenTheNextOneGetsAnother() throws SQLException {
		assumeThat(this.database.database()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.database.proxy();
				ConnectionPool lossy = PoolFixture.open(this.database.through(proxy),
						PoolFixture.config(this.database.through(proxy)).poolMax(1))) {
			proxy.cutNext((sql) -> sql.toLowerCase(Locale.ROOT).contains("read only"), CutPoint.BEFORE_SERVER);
			try (Connection connection = lossy.dataSource().getConnection()) {
				connection.setReadOnly(true);
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, READ));
			}
			try (Connection connection = lossy.dataSource().getConnection()) {
				execute(connection, insert(1));
			}
			assertThat(proxy.statementCuts(CutPoint.BEFORE_SERVER)).isOne();
		}
		assertThat(count()).isOne();
	}

}
