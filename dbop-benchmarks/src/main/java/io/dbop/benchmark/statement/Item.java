package io.dbop.benchmark.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/** The rows that are read. */
final class Item {

	static final int ROWS = 1000;

	/** By position, as all contenders but one have it. */
	static final String SELECT = "select name from item where id = ?";

	private Item() {
	}

	static void fill(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("create table item (id integer primary key, name varchar(100))");
			for (int i = 0; i < ROWS; i++) {
				statement.execute("insert into item (id, name) values (%d, 'the name of item %d')".formatted(i, i));
			}
		}
	}

}
