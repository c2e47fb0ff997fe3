package io.dbop.benchmark.lever;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Rows are inserted, in place of those before. */
final class Batches {

	private static final int ROWS = 500;

	private static final String INSERT = "INSERT INTO batch VALUES (?, ?, ?)";

	private final Connection plain;

	private final Connection rewriting;

	private final Connection array;

	Batches(Sessions sessions) throws SQLException {
		sessions.execute("CREATE TABLE batch (id integer, name text, quantity integer)");
		this.plain = sessions.transactional();
		this.rewriting = sessions.open("reWriteBatchedInserts", "true");
		this.rewriting.setAutoCommit(false);
		this.array = sessions.transactional();
	}

	void plain() throws SQLException {
		insert(this.plain);
	}

	void rewritten() throws SQLException {
		insert(this.rewriting);
	}

	private static void insert(Connection connection) throws SQLException {
		try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
			for (int i = 0; i < ROWS; i++) {
				insert.setInt(1, i);
				insert.setString(2, "Item number " + i);
				insert.setInt(3, i);
				insert.addBatch();
			}
			insert.executeBatch();
		}
		connection.rollback();
	}

	void arrays() throws SQLException {
		Integer[] ids = new Integer[ROWS];
		String[] names = new String[ROWS];
		for (int i = 0; i < ROWS; i++) {
			ids[i] = i;
			names[i] = "Item number " + i;
		}
		try (PreparedStatement insert = this.array
			.prepareStatement("INSERT INTO batch SELECT * FROM unnest(?::integer[], ?::text[], ?::integer[])")) {
			insert.setArray(1, this.array.createArrayOf("integer", ids));
			insert.setArray(2, this.array.createArrayOf("text", names));
			insert.setArray(3, this.array.createArrayOf("integer", ids));
			insert.executeUpdate();
		}
		this.array.rollback();
	}

}
