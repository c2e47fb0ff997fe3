package io.dbop.test;

import java.time.Duration;
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
 */
record MySqlDialect(String scheme, String driverClassName, Map<String, String> parameters) implements ServerDialect {

	static final MySqlDialect CONNECTOR_J = new MySqlDialect("jdbc:mysql", "com.mysql.cj.jdbc.Driver",
			Map.of("sslMode", "DISABLED", "allowPublicKeyRetrieval", "true"));

	static final MySqlDialect MARIADB_CONNECTOR = new MySqlDialect("jdbc:mariadb", "org.mariadb.jdbc.Driver",
			Map.of("sslMode", "disable", "allowPublicKeyRetrieval", "true"));

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
		return server.url(this.scheme, database, this.parameters);
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

	@Override
	public String sessions(String database) {
		return "select id from information_schema.processlist where db = '" + database + "'";
	}

	@Override
	public String ownSession() {
		return "select connection_id()";
	}

	@Override
	public String kill(long session) {
		return "kill connection " + session;
	}

	@Override
	public String sleep(Duration duration) {
		return "select sleep(" + duration.toMillis() / 1000.0 + ")";
	}

}
