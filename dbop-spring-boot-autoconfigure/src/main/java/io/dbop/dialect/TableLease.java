package io.dbop.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.dbop.failure.Classification;

/**
 * The lock on the tables of an entity where every node of a cluster takes writes: Galera,
 * and Group Replication with several primaries. {@code GET_LOCK} is one node's there; of
 * two nodes that insert the same row one is refused. Who sees that the row of the last
 * holder is gone has also got what that one did to the tables.
 * <p>
 * A holder that dies leaves its row, which counts for {@link #MINUTES} minutes.
 */
final class TableLease {

	/** A name that no entity has. */
	static final String TABLE = "dbop_locks";

	static final int MINUTES = 10;

	private static final int DUPLICATE = 1062;

	private static final int NO_TABLE = 1146;

	private static final int GIVING_BACK = 10;

	private static final long PAUSE_MILLIS = 20;

	private static final String UNTIL = "UTC_TIMESTAMP(6) + INTERVAL " + MINUTES + " MINUTE";

	private final Connection connection;

	private final String entity;

	private final String holder = UUID.randomUUID().toString();

	private TableLease(Connection connection, String entity) {
		this.connection = connection;
		this.entity = entity;
	}

	/** Whether locks of the server itself would not do. */
	static boolean isNeeded(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery("""
				SHOW VARIABLES WHERE Variable_name = 'wsrep_on' AND Value = 'ON'
				OR Variable_name = 'group_replication_single_primary_mode' AND Value = 'OFF'""")) {
			return found.next();
		}
	}

	/**
	 * Waits until nobody else has it.
	 * @return gives it back
	 * @throws SQLTimeoutException if the time has passed
	 */
	static SessionLimits take(Connection connection, String entity, Duration wait) throws SQLException {
		TableLease lease = new TableLease(connection, entity);
		long start = System.nanoTime();
		while (!lease.tryTake()) {
			if (System.nanoTime() - start >= wait.toNanos()) {
				throw new SQLTimeoutException(
						"Somebody else is changing the tables of '%s'; if nobody is, the row of %s ends by itself after %d minutes"
							.formatted(entity, TABLE, MINUTES));
			}
			pause();
		}
		return (failed) -> lease.giveBack();
	}

	private boolean tryTake() throws SQLException {
		try {
			return insert() || takeOver();
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == NO_TABLE) {
				create();
			}
			else if (!isConflict(ex)) {
				throw ex;
			}
			return false;
		}
	}

	private boolean insert() throws SQLException {
		try {
			return update("INSERT INTO %s (holder, held_until, entity) VALUES (?, %s, ?)".formatted(TABLE, UNTIL));
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == DUPLICATE) {
				return false;
			}
			throw ex;
		}
	}

	private boolean takeOver() throws SQLException {
		return update("UPDATE %s SET holder = ?, held_until = %s WHERE entity = ? AND held_until < UTC_TIMESTAMP(6)"
			.formatted(TABLE, UNTIL));
	}

	private void giveBack() throws SQLException {
		for (int attempt = 1;; attempt++) {
			try {
				update("DELETE FROM %s WHERE holder = ? AND entity = ?".formatted(TABLE));
				return;
			}
			catch (SQLException ex) {
				if (attempt == GIVING_BACK || !isConflict(ex)) {
					throw ex;
				}
			}
			pause();
		}
	}

	private boolean update(String sql) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			statement.setString(1, this.holder);
			statement.setString(2, this.entity);
			return statement.executeUpdate() == 1;
		}
	}

	/** On several nodes at once, if need be: it is the same table for all. */
	private void create() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("""
					CREATE TABLE IF NOT EXISTS %s (entity VARCHAR(255) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
					holder CHAR(36) NOT NULL, held_until DATETIME(6) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""
				.formatted(TABLE));
		}
	}

	private static boolean isConflict(SQLException exception) {
		Classification meaning = InnoDbDialect.classifyByCode(exception);
		return meaning != null && switch (meaning.kind()) {
			case DEADLOCK, SERIALIZATION, LOCK_TIMEOUT -> true;
			default -> false;
		};
	}

	private static void pause() throws SQLException {
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while waiting for the lock on tables", ex);
		}
	}

}
