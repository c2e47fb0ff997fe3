package io.dbop.pool;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import com.zaxxer.hikari.util.Credentials;
import io.dbop.dialect.ConnectionTimeouts;
import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Makes a HikariCP pool from the configuration of a database. What the user has set in
 * the URL or for HikariCP by name wins over what is set here.
 */
final class HikariFactory {

	private static final long IDLE_TIMEOUT_MILLIS = TimeUnit.MINUTES.toMillis(30);

	/** Drivers that count in seconds take one second. */
	private static final long VALIDATION_TIMEOUT_MILLIS = 500;

	private static final long MAX_LIFETIME_MILLIS = TimeUnit.MINUTES.toMillis(60);

	private final DatabaseConfig config;

	private final Dialect dialect;

	private final String url;

	private final Kind kind;

	private HikariFactory(DatabaseConfig config, Dialect dialect, Kind kind) {
		this.config = config;
		this.kind = kind;
		this.dialect = dialect;
		this.url = JdbcUrls.of(config, dialect);
	}

	static HikariDataSource start(DatabaseConfig config, Dialect dialect, CredentialsSource credentials, Kind kind) {
		HikariFactory factory = new HikariFactory(config, dialect, kind);
		factory.checkUrl();
		HikariConfig settings = factory.settings(credentials);
		dialect.makeRoom(factory.url);
		return factory.start(settings);
	}

	private void checkUrl() {
		if (!this.dialect.readsUserBeforeHost() && JdbcUrls.hasUserBeforeHost(this.url)) {
			throw new PoolStartException(this.config.alias(),
					"the driver does not read the user and the password before the host in %s."
						.formatted(JdbcUrls.withoutSecrets(this.url)),
					"Take them out of the URL, and set 'username' and 'password'.", null);
		}
	}

	private HikariConfig settings(CredentialsSource credentials) {
		HikariConfig settings = new HikariConfig();
		settings.setPoolName(this.config.alias());
		settings.setJdbcUrl(this.url);
		driver(settings);
		size(settings);
		times(settings);
		dialect(settings);
		HikariProperties.apply(this.config, settings);
		if (settings.getMinimumIdle() >= settings.getMaximumPoolSize()
				&& settings.getIdleTimeout() == IDLE_TIMEOUT_MILLIS) {
			// HikariCP warns of a time that has no effect.
			settings.setIdleTimeout(0);
		}
		if (settings.getUsername() == null && settings.getPassword() == null) {
			settings.setCredentialsProvider(() -> {
				CredentialsSource.Credentials now = credentials.credentials();
				return Credentials.of(now.username(), now.password());
			});
		}
		return settings;
	}

	private void driver(HikariConfig settings) {
		String configured = this.config.driverClassName();
		String driver = (configured != null) ? configured : this.dialect.driverClassName();
		if (driver.isEmpty()) {
			return;
		}
		if (!ClassUtils.isPresent(driver, null)) {
			throw new PoolStartException(this.config.alias(),
					"its driver %s is not on the class path.".formatted(driver),
					(configured != null) ? "Correct 'driver-class-name', or leave it out."
							: "Add the dependency %s.".formatted(this.dialect.driverCoordinates()),
					null);
		}
		settings.setDriverClassName(driver);
	}

	private void size(HikariConfig settings) {
		PoolSize size = PoolSize.of(this.config, this.dialect, this.url);
		settings.setMaximumPoolSize(size.max());
		settings.setMinimumIdle(size.min());
	}

	private void times(HikariConfig settings) {
		settings.setConnectionTimeout(this.config.connectionAcquisitionTimeout().toMillis());
		settings.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
		boolean kept = this.dialect.privateToConnection(this.url);
		settings.setIdleTimeout(kept ? 0 : IDLE_TIMEOUT_MILLIS);
		settings.setMaxLifetime(kept ? 0 : MAX_LIFETIME_MILLIS);
		settings.setInitializationFailTimeout(switch (this.config.startup()) {
			case FAIL -> 1;
			case WAIT -> this.config.poolCreationTimeout().toMillis();
			case LAZY -> -1;
		});
	}

	private void dialect(HikariConfig settings) {
		ConnectionTimeouts timeouts = new ConnectionTimeouts(this.config.connectionCreationTimeout(),
				this.config.queryExecutionTimeout(), this.config.lockTimeout());
		for (Map.Entry<String, String> property : this.dialect.connectionProperties(timeouts).entrySet()) {
			if (!JdbcUrls.hasParameter(this.url, property.getKey())) {
				settings.addDataSourceProperty(property.getKey(), property.getValue());
			}
		}
		settings.setConnectionInitSql(this.dialect.connectionInitSql(timeouts));
	}

	private HikariDataSource start(HikariConfig settings) {
		try {
			Connector connector = connector(settings);
			HikariDataSource pool = (this.config.startup() == StartupMode.LAZY) ? unopened(settings)
					: this.kind.begun.apply(settings);
			if (connector != null) {
				connector.serve(pool);
			}
			return pool;
		}
		catch (PoolInitializationException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new PoolStartException(this.config.alias(),
					"no connection to %s (%s).".formatted(JdbcUrls.withoutSecrets(this.url), told(cause)),
					"Start the database, correct the configuration, or %s.".formatted(otherwise()), shown(cause));
		}
		catch (RuntimeException ex) {
			throw new PoolStartException(this.config.alias(),
					"%s does not suit the pool (%s).".formatted(JdbcUrls.withoutSecrets(this.url), told(ex)),
					"Correct the configuration under 'dbop.databases.%s'.".formatted(this.config.alias()), shown(ex));
		}
	}

	/** Pools and drivers quote the URL. */
	private static String told(Throwable failure) {
		return JdbcUrls.withoutSecrets(String.valueOf(failure.getMessage()));
	}

	/** The failure itself, unless it tells what its message must not. */
	private static @Nullable Throwable shown(Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each.getMessage() != null && !told(each).equals(each.getMessage())) {
				return null;
			}
		}
		return failure;
	}

	/** One that begins with the first connection that somebody wants. */
	private HikariDataSource unopened(HikariConfig settings) {
		settings.validate();
		HikariDataSource pool = this.kind.unopened.get();
		settings.copyStateTo(pool);
		return pool;
	}

	private @Nullable Connector connector(HikariConfig settings) {
		if (!Connector.suits(settings)) {
			return null;
		}
		Connector connector = new Connector(settings, (failure) -> Connector.kind(failure, this.dialect), this::hosts);
		// Now, for what is wrong with the URL.
		connector.hosts();
		settings.setDataSource(connector);
		return connector;
	}

	private Hosts hosts(HikariConfig settings) {
		// HikariCP's own settings have the last word, on the URL too.
		List<String> urls = this.url.equals(settings.getJdbcUrl()) ? JdbcUrls.candidates(this.config, this.dialect)
				: List.of(settings.getJdbcUrl());
		return Hosts.of(settings, urls, this.dialect.readOnlyServerSql());
	}

	private String otherwise() {
		return switch (this.config.startup()) {
			case FAIL -> "let the application start without it (startup: wait or lazy)";
			case WAIT -> "wait longer for it (pool-creation-timeout, now %d s), or not at all (startup: lazy)"
				.formatted(this.config.poolCreationTimeout().toSeconds());
			case LAZY -> "leave 'initializationFailTimeout' to the start mode";
		};
	}

	/** Whether connections are recorded. */
	enum Kind {

		/** They are, for an application that wants it. */
		RECORDING(RecordingDataSource::new, RecordingDataSource::new),

		/** They are not: all is HikariCP's. */
		PLAIN(HikariDataSource::new, HikariDataSource::new);

		private final Function<HikariConfig, HikariDataSource> begun;

		private final Supplier<HikariDataSource> unopened;

		Kind(Function<HikariConfig, HikariDataSource> begun, Supplier<HikariDataSource> unopened) {
			this.begun = begun;
			this.unopened = unopened;
		}

	}

}
