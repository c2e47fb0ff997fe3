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
		return ConnectionPool.open(config.build(), dialect(database),
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

}
