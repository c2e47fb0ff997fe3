package io.dbop.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.dbop.test.DatabaseInstance;

/** A row that someone else has locked. */
final class HeldLock implements AutoCloseable {

	private final Connection holder;

	private HeldLock(Connection holder) {
		this.holder = holder;
	}

	static HeldLock on(DatabaseInstance database, int item) throws SQLException {
		Connection holder = database.dataSource().getConnection();
		holder.setAutoCommit(false);
		try (Statement statement = holder.createStatement()) {
			statement.executeUpdate("update item set amount = amount where id = " + item);
		}
		return new HeldLock(holder);
	}

	/** May be called more than once. */
	@Override
	public void close() throws SQLException {
		if (!this.holder.isClosed()) {
			this.holder.rollback();
			this.holder.close();
		}
	}

}
