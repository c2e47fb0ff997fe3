package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Gives connections for reads alone, of a replica or of the primary. Thread-safe.
 */
public final class ReplicaDataSource extends AbstractDataSource {

	private final ReplicaSet replicas;

	private ReplicaDataSource(ReplicaSet replicas) {
		this.replicas = replicas;
	}

	/**
	 * The data source of a database with replicas: where the first statement of a
	 * connection goes is decided when it is sent, by whether the connection has been
	 * declared read-only by then.
	 * @param primary the data source of the primary
	 * @param replicas the replicas
	 * @return the data source
	 */
	public static DataSource over(DataSource primary, ReplicaSet replicas) {
		LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy();
		lazy.setTargetDataSource(primary);
		lazy.setReadOnlyDataSource(new ReplicaDataSource(replicas));
		// Told, or it would ask a connection when the application starts.
		lazy.setDefaultAutoCommit(true);
		lazy.setDefaultTransactionIsolation(replicas.isolation());
		return lazy;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return this.replicas.connect();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("Replicas are connected to as their configuration says");
	}

}
