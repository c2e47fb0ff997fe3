package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;

/** Gives one connection, and does not want it back. */
final class PinnedDataSource extends AbstractDataSource implements SmartDataSource {

	private final Connection connection;

	PinnedDataSource(Connection connection) {
		this.connection = connection;
	}

	@Override
	public Connection getConnection() {
		return this.connection;
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("There is one connection, opened by its pool");
	}

	@Override
	public boolean shouldClose(Connection con) {
		return false;
	}

}
