package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a connection as they were found, for pools that do not put them back
 * themselves.
 */
final class FoundSettings {

	private @Nullable Boolean autoCommit;

	private @Nullable Boolean readOnly;

	private @Nullable Integer isolation;

	void autoCommit(boolean found) {
		if (this.autoCommit == null) {
			this.autoCommit = found;
		}
	}

	void readOnlyOf(Connection connection) throws SQLException {
		if (this.readOnly == null) {
			this.readOnly = connection.isReadOnly();
		}
	}

	void isolationOf(Connection connection) throws SQLException {
		if (this.isolation == null) {
			this.isolation = connection.getTransactionIsolation();
		}
	}

	/**
	 * Puts everything back. An open transaction is rolled back first: to change its mode
	 * would commit it.
	 */
	void putBack(Connection connection, TransactionRecord transaction) throws SQLException {
		if (transaction.open()) {
			connection.rollback();
		}
		if (this.isolation != null) {
			connection.setTransactionIsolation(this.isolation);
		}
		if (this.readOnly != null && this.readOnly != connection.isReadOnly()) {
			connection.setReadOnly(this.readOnly);
		}
		if (this.autoCommit != null && this.autoCommit != transaction.autoCommit()) {
			connection.setAutoCommit(this.autoCommit);
		}
	}

}
