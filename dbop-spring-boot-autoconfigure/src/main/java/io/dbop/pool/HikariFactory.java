package io.dbop.pool;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.dbop.dialect.ConnectionTimeouts;
import io.dbop.dialect.DatabaseLocation;
import io.dbop.dialect.Dialect;

/**
 * Makes a HikariCP pool from the configuration of a database.
 */
final class HikariFactory {

	private static final long IDLE_TIMEOUT_MILLIS = TimeUnit.MINUTES.toMillis(30);

	private HikariFactory() {
	}

	static HikariDataSource start(DatabaseConfig config, Dialect dialect, CredentialsSource credentials) {
		dialect.makeRoom(url(config, dialect));
		return new HikariDataSource(settings(config, dialect, credentials));
	}

	private static HikariConfig settings(DatabaseConfig config, Dialect dialect, CredentialsSource credentials) {
		HikariConfig settings = new HikariConfig();
		settings.setPoolName(config.alias());
		settings.setJdbcUrl(url(config, dialect));
		settings.setDriverClassName(
				(config.driverClassName() != null) ? config.driverClassName() : dialect.driverClassName());
		settings.setCredentialsProvider(() -> {
			CredentialsSource.Credentials now = credentials.credentials();
			return Credentials.of(now.username(), now.password());
		});
		ConnectionTimeouts timeouts = new ConnectionTimeouts(config.connectionCreationTimeout(),
				config.queryExecutionTimeout());
		dialect.connectionProperties(timeouts).forEach(settings::addDataSourceProperty);
		settings.setConnectionInitSql(dialect.connectionInitSql(timeouts));
		settings.setConnectionTimeout(config.connectionAcquisitionTimeout().toMillis());
		settings.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
		settings.setInitializationFailTimeout(switch (config.startup()) {
			case FAIL -> 1;
			case WAIT -> config.poolCreationTimeout().toMillis();
			case LAZY -> -1;
		});
		return settings;
	}

	private static String url(DatabaseConfig config, Dialect dialect) {
		if (config.url() != null) {
			return config.url();
		}
		return dialect
			.url(new DatabaseLocation(config.host(), config.port(), Objects.requireNonNullElse(config.database(), "")));
	}

}
