package io.dbop.benchmark.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * The pools of those who are not dbop, with the settings that the documentation of each
 * driver recommends for writing much.
 */
final class Pools {

	private Pools() {
	}

	/**
	 * Opens one.
	 * @param database its database
	 * @param autoCommit whether connections commit each statement; where they do not, a
	 * transaction begins without switching it off
	 * @return the pool
	 */
	static HikariDataSource open(DatabaseInstance database, boolean autoCommit) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(database.url());
		config.setUsername(database.username());
		config.setPassword(database.password());
		config.setMaximumPoolSize((database.database() == TestDatabase.SQLITE) ? 1 : 4);
		config.setAutoCommit(autoCommit);
		switch (database.database()) {
			case POSTGRESQL -> config.addDataSourceProperty("reWriteBatchedInserts", "true");
			case MARIADB -> {
				config.addDataSourceProperty("useServerPrepStmts", "true");
				config.addDataSourceProperty("useBulkStmts", "true");
			}
			case SQLITE -> {
				// What dbop sets, since the one's durability must be the other's.
				config.addDataSourceProperty("journal_mode", "WAL");
				config.addDataSourceProperty("synchronous", "FULL");
				config.addDataSourceProperty("foreign_keys", "true");
			}
			default -> throw new IllegalArgumentException("No settings for " + database.database());
		}
		return new HikariDataSource(config);
	}

	/** Runs statements, each by itself. */
	static void execute(DataSource dataSource, List<String> statements) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(true);
			for (String each : statements) {
				statement.execute(each);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
