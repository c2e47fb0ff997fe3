package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.test.DatabaseInstance;

/**
 * Pools on a test database, with a table {@code item}.
 */
final class PoolFixture {

	static final Dialects DIALECTS = new Dialects(List.of());

	private PoolFixture() {
	}

	static DatabaseConfigBuilder config(DatabaseInstance database) {
		return config("main", database);
	}

	static DatabaseConfigBuilder config(String alias, DatabaseInstance database) {
		return DatabaseConfig.builder(alias)
			.url(database.url())
			.connectionAcquisitionTimeout(Duration.ofSeconds(5))
			.poolMin(1)
			.poolMax(3);
	}

	static ConnectionPool open(DatabaseInstance database) {
		return open(database, config(database));
	}

	static ConnectionPool open(DatabaseInstance database, DatabaseConfigBuilder config) {
		return ConnectionPoolFactory.open(config.build(), dialect(database),
				CredentialsSource.of(database.username(), database.password()));
	}

	static Dialect dialect(DatabaseInstance database) {
		return Objects.requireNonNull(DIALECTS.findByUrl(database.url()));
	}

	static void createTable(DatabaseInstance database) throws SQLException {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create table item (id integer primary key, name varchar(20))");
		}
	}

	/**
	 * Does something on a connection, anew if that was ended on the way: a machine that
	 * stalls for longer than the grace after a deadline looks like a server that hangs.
	 */
	static void onLastingConnection(ConnectionPool pool, AttemptLedger ledger, Work work) throws SQLException {
		for (int left = 2; left >= 0; left--) {
			try (Connection connection = pool.dataSource().getConnection()) {
				try {
					work.on(connection);
					return;
				}
				catch (SQLException ex) {
					if (left == 0 || !connection.isClosed()) {
						throw ex;
					}
				}
			}
			ledger.nextAttempt();
			ledger.deadline(AttemptLedger.NO_DEADLINE);
		}
	}

	static int count(DatabaseInstance database) throws SQLException {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement();
				var rows = statement.executeQuery("select count(*) from item")) {
			rows.next();
			return rows.getInt(1);
		}
	}

	static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** What is done on a connection. */
	interface Work {

		void on(Connection connection) throws SQLException;

	}

}
