package io.dbop.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.dbop.dialect.Dialect;

/**
 * What the configuration of a replica takes from that of its primary: all but where it
 * is. It need not be there when the application starts, and takes no writes.
 */
final class ReplicaConfig {

	private ReplicaConfig() {
	}

	/**
	 * The configuration of a replica.
	 * @param primary the configuration of the primary
	 * @param number which one, from 1
	 * @param location its host, with a port or without, or its JDBC URL
	 * @param dialect the dialect of both
	 */
	static DatabaseConfig of(DatabaseConfig primary, int number, String location, Dialect dialect) {
		String url = location.startsWith("jdbc:") ? location
				: (primary.url() != null) ? dialect.replicaUrl(primary.url(), location) : null;
		Map<String, String> hikari = new HashMap<>(primary.hikari());
		hikari.put("read-only", "true");
		return new DatabaseConfig(alias(primary.alias(), number), primary.type(), url, primary.host(), primary.port(),
				(url != null) ? List.of() : List.of(location), primary.database(), primary.username(),
				primary.password(), primary.env(), primary.driverClassName(), primary.connectionAcquisitionTimeout(),
				primary.poolCreationTimeout(), primary.queryExecutionTimeout(), primary.lockTimeout(),
				primary.connectionCreationTimeout(), primary.poolMin(), primary.poolMax(), hikari, StartupMode.LAZY);
	}

	private static String alias(String primary, int number) {
		return primary + "-replica-" + number;
	}

}
