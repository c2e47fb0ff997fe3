package io.dbop.pool;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of a database, learned on the occasion of its first connection: drivers
 * have been told it when they connected.
 */
final class LazyVersion {

	private static final Logger logger = LoggerFactory.getLogger(LazyVersion.class);

	private volatile boolean asked;

	private volatile @Nullable DatabaseVersion version;

	@Nullable DatabaseVersion known() {
		return this.version;
	}

	/** Once, even if the driver cannot tell: nobody waits for it. */
	void learnFrom(Connection connection) {
		if (this.asked) {
			return;
		}
		this.asked = true;
		try {
			ask(connection);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A driver does not tell versions", ex);
		}
	}

	DatabaseVersion ask(Connection connection) throws SQLException {
		DatabaseMetaData database = connection.getMetaData();
		DatabaseVersion found = new DatabaseVersion(told(database.getDatabaseProductName()),
				told(database.getDatabaseProductVersion()), told(database.getDriverName()),
				told(database.getDriverVersion()));
		this.version = found;
		return found;
	}

	private static String told(@Nullable String name) {
		return (name != null) ? name : "";
	}

}
