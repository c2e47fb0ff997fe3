package io.dbop.benchmark.capacity;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.dbop.test.ServiceScript;

/**
 * Three nodes of MariaDB Galera, of which each connection gets one at random. They are
 * started by a script, which has to be on the machine.
 */
final class GaleraCluster implements CapacityDatabase {

	private static final int FIRST_PORT = 23446;

	private static final int NODES = 3;

	private final ServiceScript script = ServiceScript.find("mariadb-galera.sh",
			Map.of("GALERA_PORT", Integer.toString(FIRST_PORT), "MARIADB_ARGS", "--max-connections=300"));

	GaleraCluster() throws SQLException {
		this.script.run("reset");
		administer("CREATE USER IF NOT EXISTS " + USER);
		administer("GRANT ALL ON test.* TO " + USER);
	}

	@Override
	public void allow(int connections) throws SQLException {
		administer("ALTER USER %s WITH MAX_USER_CONNECTIONS %d".formatted(USER, Math.max(0, connections)));
	}

	/** What one node learns of users, all do. */
	private void administer(String sql) throws SQLException {
		try (Connection connection = DriverManager
			.getConnection("jdbc:mariadb://127.0.0.1:%d/test?user=root".formatted(FIRST_PORT));
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public List<String> properties() {
		String nodes = IntStream.range(0, NODES)
			.mapToObj((node) -> "127.0.0.1:" + (FIRST_PORT + node))
			.collect(Collectors.joining(","));
		return List.of(Question.SQL + "=SELECT SLEEP(0.1)",
				"dbop.databases.main.url=jdbc:mariadb:loadbalance://" + nodes + "/test",
				"dbop.databases.main.username=" + USER);
	}

	@Override
	public void close() {
		this.script.run("down");
	}

}
