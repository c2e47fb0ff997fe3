package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * The data source of a database with replicas. Where the first statement of a connection
 * goes is decided when it is sent, by whether the connection has been declared read-only
 * by then, and all that follow go there too, until it is declared to be so no longer.
 * Thread-safe.
 */
public final class ReplicatedDataSource extends LazyConnectionDataSourceProxy {

	/**
	 * Creates the data source.
	 * @param primary the data source of the primary
	 * @param commitsEach whether its connections commit each statement by themselves
	 * @param replicas the replicas
	 */
	public ReplicatedDataSource(DataSource primary, boolean commitsEach, ReplicaSet replicas) {
		setTargetDataSource(primary);
		setReadOnlyDataSource(new Reads(replicas));
		setDefaultAutoCommit(commitsEach);
	}

	/**
	 * Whether connections of a data source may lead to replicas.
	 * @param dataSource a data source
	 * @return whether it is one of these, or a wrapper around one
	 */
	public static boolean is(@Nullable DataSource dataSource) {
		DataSource current = dataSource;
		while (current instanceof DelegatingDataSource wrapper && !(current instanceof ReplicatedDataSource)) {
			current = wrapper.getTargetDataSource();
		}
		return current instanceof ReplicatedDataSource;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return RoutedConnection.of(super::getConnection);
	}

	/** It would take a connection, at the start and whenever it had got none. */
	@Override
	public void checkDefaultConnectionProperties() {
		// The isolation is asked for by those alone who set another one.
	}

	/** Gives connections for reads. */
	private static final class Reads extends AbstractDataSource {

		private final ReplicaSet replicas;

		Reads(ReplicaSet replicas) {
			this.replicas = replicas;
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

}
