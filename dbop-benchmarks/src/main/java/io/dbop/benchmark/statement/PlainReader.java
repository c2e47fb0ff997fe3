package io.dbop.benchmark.statement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

/** JDBC by hand, on HikariCP. */
final class PlainReader {

	private final DataSource dataSource;

	PlainReader(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	String inTransaction(int id) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try {
				String name = read(connection, id);
				connection.commit();
				return name;
			}
			catch (SQLException ex) {
				connection.rollback();
				throw ex;
			}
			finally {
				connection.setAutoCommit(true);
			}
		}
	}

	String alone(int id) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return read(connection, id);
		}
	}

	private static String read(Connection connection, int id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(Item.SELECT)) {
			statement.setInt(1, id);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getString(1);
			}
		}
	}

}
