package io.dbop.benchmark.capacity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.dbop.test.PostgresPair;

/** A PostgreSQL and its replica, each of which allows 300 connections. */
final class PostgresWithReplica implements CapacityDatabase {

	private final PostgresPair pair;

	PostgresWithReplica() throws SQLException {
		this.pair = PostgresPair.start();
		administer("CREATE ROLE " + USER + " LOGIN");
	}

	@Override
	public void allow(int connections) throws SQLException {
		administer("ALTER ROLE " + USER + " CONNECTION LIMIT " + connections);
	}

	/** The commit waits for the replica, where it holds from then on. */
	private void administer(String sql) throws SQLException {
		try (Connection connection = this.pair.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public List<String> properties() {
		return List.of(Question.SQL + "=SELECT pg_sleep(0.1)", "dbop.databases.main.url=" + this.pair.url(),
				"dbop.databases.main.username=" + USER, "dbop.databases.main.replicas=" + this.pair.replicaAuthority(),
				Question.READS + "=true");
	}

	@Override
	public void close() {
		this.pair.close();
	}

}
