package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteConnectionConfig;

import org.springframework.util.ClassUtils;

/**
 * SQLite's transactions begin with their first statement, and one that may write takes
 * the write lock with it: one that takes it later, after a read, fails for good as soon
 * as another one has written in between.
 * <p>
 * The driver by itself begins a transaction that takes no lock yet where autocommit is
 * switched off, and the next one right after each commit, which the switch back to
 * autocommit ends: two statements more, and two more when that has begun. Its own means
 * do not serve: {@code transaction_mode=IMMEDIATE} takes the lock again right after each
 * commit, in the same call; {@code explicit_readonly} refuses transactions after a
 * statement in autocommit, and loses savepoints. So the driver's connection stays in
 * autocommit between transactions, whatever those who use it have been told, and is told
 * of the one BEGIN and the one COMMIT.
 */
final class SqliteTransactions implements TransactionBoundaries {

	/** Whether the driver is the one that is known here, and none of its like. */
	private static final boolean DRIVER = ClassUtils.isPresent("org.sqlite.SQLiteConnection",
			SqliteTransactions.class.getClassLoader());

	@Override
	public void autoCommit(Connection connection, boolean autoCommit) throws SQLException {
		// The first statement does it.
	}

	/** One that could not take the lock is open, and has nothing in it. */
	@Override
	public void beginEach(Connection connection) throws SQLException {
		commit(connection);
	}

	@Override
	public void begin(Connection connection, boolean writes) throws SQLException {
		if (writes) {
			// It is off after all where the pool is not ours.
			commit(connection);
		}
		SQLiteConnection driver = driver(connection);
		if (driver != null) {
			begin(connection, driver, writes);
		}
		else if (writes) {
			beginImmediate(connection);
		}
		else {
			connection.setAutoCommit(false);
		}
	}

	private static void begin(Connection connection, SQLiteConnection driver, boolean writes) throws SQLException {
		SQLiteConnectionConfig config = driver.getConnectionConfig();
		try {
			if (writes && config.getTransactionMode() == TransactionMode.DEFERRED) {
				driver.getDatabase().exec("begin immediate;", false);
				config.setAutoCommit(false);
			}
			connection.setAutoCommit(false);
		}
		catch (SQLException ex) {
			agreeOnTransaction(connection, config);
			throw ex;
		}
	}

	private static @Nullable SQLiteConnection driver(Connection connection) throws SQLException {
		return (DRIVER && connection.isWrapperFor(SQLiteConnection.class)) ? connection.unwrap(SQLiteConnection.class)
				: null;
	}

	/**
	 * After a failure the driver may believe in a transaction that there is not, or not
	 * in one that there is. A BEGIN, which takes no lock, makes both true: it begins one,
	 * or fails since there is one.
	 */
	private static void agreeOnTransaction(Connection connection, SQLiteConnectionConfig config) {
		TransactionMode mode = config.getTransactionMode();
		config.setAutoCommit(true);
		config.setTransactionMode(TransactionMode.DEFERRED);
		try {
			connection.setAutoCommit(false);
		}
		catch (SQLException ex) {
			// There is one, or the connection is of no more use.
		}
		finally {
			config.setTransactionMode(mode);
		}
	}

	/** Past somebody's wrapper that does not show the driver's connection. */
	private static void beginImmediate(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("COMMIT");
			try {
				statement.executeUpdate("BEGIN IMMEDIATE");
			}
			catch (SQLException ex) {
				statement.executeUpdate("BEGIN");
				throw ex;
			}
		}
	}

	@Override
	public void commit(Connection connection) throws SQLException {
		SQLiteConnection driver = driver(connection);
		if (driver != null) {
			end(connection, driver, "commit;");
		}
		else if (!connection.getAutoCommit()) {
			commitBySwitch(connection);
		}
	}

	/**
	 * The driver is told afterwards, by its own means: its switch has another transaction
	 * begin and end. It is asked, since a pool's own answer may be another.
	 */
	private static void end(Connection connection, SQLiteConnection driver, String sql) throws SQLException {
		if (driver.getAutoCommit()) {
			return;
		}
		SQLiteConnectionConfig config = driver.getConnectionConfig();
		try {
			driver.getDatabase().exec(sql, false);
		}
		catch (SQLException ex) {
			agreeOnTransaction(connection, config);
			throw ex;
		}
		config.setAutoCommit(true);
		connection.setAutoCommit(true);
	}

	/** Past somebody's wrapper: sends a COMMIT as well. */
	private static void commitBySwitch(Connection connection) throws SQLException {
		try {
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			believeInTransaction(connection);
			throw ex;
		}
	}

	@Override
	public void commitBySwitching(Connection connection) throws SQLException {
		commit(connection);
	}

	/**
	 * The driver believes that it is over, while what SQLite refuses to commit stays
	 * open: then this fails, and has told the driver.
	 */
	private static void believeInTransaction(Connection connection) {
		try {
			connection.setAutoCommit(false);
		}
		catch (SQLException ex) {
			// As it should be, or the connection is of no more use.
		}
	}

	@Override
	public void rollback(Connection connection) throws SQLException {
		SQLiteConnection driver = driver(connection);
		if (driver != null) {
			end(connection, driver, "rollback;");
		}
		else if (!connection.getAutoCommit()) {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

}
