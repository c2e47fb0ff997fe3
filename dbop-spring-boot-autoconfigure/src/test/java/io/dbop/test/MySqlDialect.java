package io.dbop.test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.test.wire.WireProtocol;

/**
 * What MySQL and MariaDB have in common, that is everything but the driver. Either driver
 * connects to either server.
 *
 * @param scheme what the driver's URLs begin with
 * @param driverClassName the driver
 * @param parameters what every URL needs
 * @param clusterParameters what a URL of several nodes needs as well
 */
record MySqlDialect(String scheme, String driverClassName, Map<String, String> parameters,
		Map<String, String> clusterParameters) implements ServerDialect {

	static final MySqlDialect CONNECTOR_J = new MySqlDialect("jdbc:mysql", "com.mysql.cj.jdbc.Driver",
			Map.of("sslMode", "DISABLED", "allowPublicKeyRetrieval", "true"),
			// Its name alone: the driver need not be there.
			Map.of("ha.loadBalanceStrategy", "io.dbop.test.StayingConnections"));

	static final MySqlDialect MARIADB_CONNECTOR = new MySqlDialect("jdbc:mariadb", "org.mariadb.jdbc.Driver",
			Map.of("sslMode", "disable", "allowPublicKeyRetrieval", "true"), Map.of());

	private static final int PORTS = 100_000;

	/** Nodes of a cluster number their sessions each for itself. */
	private static final String SESSION = "%s * " + PORTS + " + @@port";

	@Override
	public List<ServerDialect> drivers() {
		return List.of(this, (this == CONNECTOR_J) ? MARIADB_CONNECTOR : CONNECTOR_J);
	}

	@Override
	public WireProtocol protocol() {
		return WireProtocol.MYSQL;
	}

	@Override
	public String url(DatabaseServer server, String database) {
		Map<String, String> needed = new LinkedHashMap<>(this.parameters);
		if (server.isCluster()) {
			needed.putAll(this.clusterParameters);
		}
		return server.url(this.scheme, database, needed);
	}

	@Override
	public String administrativeDatabase() {
		return "mysql";
	}

	@Override
	public String create(String database) {
		return "create database " + database + " character set utf8mb4";
	}

	@Override
	public String drop(String database) {
		return "drop database if exists " + database;
	}

	/**
	 * Without those that do here what other nodes have done: a node whose applier is
	 * killed leaves its group.
	 */
	@Override
	public String sessions(String database) {
		return "select " + SESSION.formatted("id") + " from information_schema.processlist where db = '" + database
				+ "' and user <> 'system user'";
	}

	@Override
	public String ownSession() {
		return "select " + SESSION.formatted("connection_id()");
	}

	@Override
	public DatabaseServer member(DatabaseServer server, long session) {
		return server.member((int) (session % PORTS));
	}

	@Override
	public String kill(long session) {
		return "kill connection " + session / PORTS;
	}

	@Override
	public String sleep(Duration duration) {
		return "select sleep(" + duration.toMillis() / 1000.0 + ")";
	}

}
