package io.dbop.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections of a pool may lead to. Of several hosts it is the first that
 * takes writes, beginning with the one that did so last. Thread-safe.
 */
final class Hosts {

	private static final Log logger = LogFactory.getLog(Hosts.class);

	private final String pool;

	private final List<Host> hosts;

	private final @Nullable String readOnlySql;

	/** Where to begin. One that is gone, and may take its time to say so, comes last. */
	private volatile int first;

	private volatile @Nullable Host primary;

	private Hosts(String pool, List<Host> hosts, @Nullable String readOnlySql) {
		this.pool = pool;
		this.hosts = hosts;
		this.readOnlySql = readOnlySql;
	}

	/**
	 * The hosts that these URLs lead to, as HikariCP would connect to them.
	 * @param settings the settings of the pool, which are final now
	 * @param urls a URL for each, or one
	 * @param readOnlySql a query for whether one takes no writes, asked if there are
	 * several
	 */
	static Hosts of(HikariConfig settings, List<String> urls, @Nullable String readOnlySql) {
		Credentials credentials = settings.getCredentials();
		Properties properties = new Properties();
		properties.putAll(settings.getDataSourceProperties());
		List<Host> hosts = urls.stream()
			.map((url) -> new Host(url,
					new DriverDataSource(url, settings.getDriverClassName(), properties, credentials.getUsername(),
							credentials.getPassword())))
			.toList();
		return new Hosts(settings.getPoolName(), hosts, (hosts.size() > 1) ? readOnlySql : null);
	}

	/** Any of them, for what does not need a connection. */
	DataSource any() {
		return this.hosts.get(0).dataSource();
	}

	/**
	 * Opens a connection.
	 * @throws SQLException the first failure to connect, with the others suppressed in
	 * it, or that there are only hosts that take no writes
	 */
	Connection connect(Way way) throws SQLException {
		int begin = this.first;
		Failures failures = new Failures();
		for (int i = 0; i < this.hosts.size(); i++) {
			int host = (begin + i) % this.hosts.size();
			try {
				Connection connection = way.connect(this.hosts.get(host).dataSource());
				if (takesWrites(connection)) {
					this.first = host;
					noteChange(this.hosts.get(host));
					return connection;
				}
				failures.readOnly = true;
			}
			catch (SQLException ex) {
				this.first = (host + 1) % this.hosts.size();
				failures.add(ex);
			}
		}
		throw failures.toThrow();
	}

	private void noteChange(Host found) {
		Host before = this.primary;
		this.primary = found;
		if (before != null && before != found) {
			logger.info("Database '%s' takes writes at %s now, no longer at %s".formatted(this.pool,
					JdbcUrls.withoutSecrets(found.url()), JdbcUrls.withoutSecrets(before.url())));
		}
	}

	/** Closes it where not. */
	private boolean takesWrites(Connection connection) throws SQLException {
		if (this.readOnlySql == null) {
			return true;
		}
		boolean writes = false;
		try (Statement statement = connection.createStatement();
				ResultSet answer = statement.executeQuery(this.readOnlySql)) {
			writes = answer.next() && !answer.getBoolean(1);
		}
		finally {
			if (!writes) {
				connection.close();
			}
		}
		return writes;
	}

	private record Host(String url, DataSource dataSource) {

	}

	/** How a data source is asked for a connection. */
	@FunctionalInterface
	interface Way {

		Connection connect(DataSource host) throws SQLException;

	}

	/** Why none of the hosts would do. */
	private static final class Failures {

		private @Nullable SQLException first;

		private boolean readOnly;

		void add(SQLException failure) {
			if (this.first == null) {
				this.first = failure;
			}
			else if (this.first != failure) {
				this.first.addSuppressed(failure);
			}
		}

		SQLException toThrow() {
			if (this.readOnly) {
				add(new SQLNonTransientConnectionException("No host that answers takes writes", "08001"));
			}
			return (this.first != null) ? this.first : new SQLNonTransientConnectionException("No host", "08001");
		}

	}

}
