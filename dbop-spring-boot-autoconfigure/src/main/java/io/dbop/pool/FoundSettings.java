package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.TransactionBoundaries;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a connection as they were found, as far as its pool does not put them back
 * itself.
 */
final class FoundSettings {

	private static final String NONE = "";

	private @Nullable Boolean autoCommit;

	private @Nullable Boolean readOnly;

	private @Nullable Integer isolation;

	private @Nullable Integer holdability;

	private @Nullable Integer networkTimeout;

	private @Nullable String catalog;

	private @Nullable SessionLimits schema;

	private final Map<String, @Nullable String> clientInfo = new HashMap<>(0);

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

	void holdabilityOf(Connection connection) throws SQLException {
		if (this.holdability == null) {
			this.holdability = connection.getHoldability();
		}
	}

	void networkTimeoutOf(Connection connection) throws SQLException {
		if (this.networkTimeout == null) {
			this.networkTimeout = connection.getNetworkTimeout();
		}
	}

	/** That there was none cannot be set again. */
	void catalogOf(Connection connection) throws SQLException {
		if (this.catalog == null) {
			this.catalog = Objects.requireNonNullElse(connection.getCatalog(), NONE);
		}
	}

	/**
	 * @param found finds out how to put the schema back
	 */
	void schema(SessionLimits.Setting found) throws SQLException {
		if (this.schema == null) {
			this.schema = found.set();
		}
	}

	void clientInfoOf(Connection connection, String name) throws SQLException {
		if (!this.clientInfo.containsKey(name)) {
			this.clientInfo.put(name, connection.getClientInfo(name));
		}
	}

	/**
	 * Puts everything back. An open transaction is rolled back first: to change its mode
	 * would commit it, and what is put back inside of one is gone when it is rolled back.
	 */
	void putBack(Connection connection, TransactionRecord transaction, TransactionBoundaries boundaries)
			throws SQLException {
		if (transaction.open()) {
			boundaries.rollback(connection);
		}
		boolean autoCommit = transaction.autoCommit();
		if (ofSession() && !autoCommit) {
			connection.setAutoCommit(true);
			autoCommit = true;
		}
		putBackSession(connection);
		if (this.isolation != null) {
			connection.setTransactionIsolation(this.isolation);
		}
		if (this.readOnly != null && this.readOnly != connection.isReadOnly()) {
			connection.setReadOnly(this.readOnly);
		}
		boolean found = (this.autoCommit != null) ? this.autoCommit : transaction.autoCommit();
		if (found != autoCommit) {
			connection.setAutoCommit(found);
		}
	}

	private boolean ofSession() {
		return this.schema != null || this.catalog != null || !this.clientInfo.isEmpty();
	}

	private void putBackSession(Connection connection) throws SQLException {
		if (this.catalog != null && !this.catalog.equals(Objects.requireNonNullElse(connection.getCatalog(), NONE))) {
			if (this.catalog.isEmpty()) {
				throw new SQLException("No catalog was selected, and there is no way back to that", "08003");
			}
			connection.setCatalog(this.catalog);
		}
		if (this.schema != null) {
			this.schema.takeBack(false);
		}
		for (Map.Entry<String, @Nullable String> each : this.clientInfo.entrySet()) {
			if (!Objects.equals(each.getValue(), connection.getClientInfo(each.getKey()))) {
				connection.setClientInfo(each.getKey(), each.getValue());
			}
		}
		if (this.holdability != null) {
			connection.setHoldability(this.holdability);
		}
		if (this.networkTimeout != null) {
			connection.setNetworkTimeout(Runnable::run, this.networkTimeout);
		}
	}

}
