package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;

/** Finds out whether a database answers, with a connection that no pool counts. */
final class Reachability {

	private static final int VALIDATION_SECONDS = 1;

	private Reachability() {
	}

	/**
	 * Opens a connection just as the pool would. One that makes or finds its data source
	 * itself, by a name, is asked for one of its own.
	 */
	static Connection connect(HikariDataSource config) throws SQLException {
		Credentials credentials = credentials(config);
		DataSource dataSource = config.getDataSource();
		if (dataSource instanceof Connector connector) {
			return connector.connect(credentials);
		}
		if (dataSource == null && config.getJdbcUrl() == null) {
			return RecordingDataSource.plainConnection(config);
		}
		if (dataSource == null) {
			Properties properties = new Properties();
			properties.putAll(config.getDataSourceProperties());
			dataSource = new DriverDataSource(config.getJdbcUrl(), config.getDriverClassName(), properties,
					credentials.getUsername(), credentials.getPassword());
			return dataSource.getConnection();
		}
		return (credentials.getUsername() != null)
				? dataSource.getConnection(credentials.getUsername(), credentials.getPassword())
				: dataSource.getConnection();
	}

	/** Those of the moment, where they may change while the pool lives. */
	static Credentials credentials(HikariConfig config) {
		HikariCredentialsProvider provider = config.getCredentialsProvider();
		return (provider != null) ? provider.getCredentials() : config.getCredentials();
	}

	static void require(Connection connection) throws SQLException {
		if (!connection.isValid(VALIDATION_SECONDS)) {
			throw new SQLNonTransientConnectionException("The database accepts connections and does not answer",
					"08006");
		}
	}

}
