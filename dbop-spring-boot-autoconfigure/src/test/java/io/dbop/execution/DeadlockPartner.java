package io.dbop.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.LockWaits;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;

/**
 * The other one in a deadlock, who always survives it: PostgreSQL chooses whoever looks
 * for a deadlock first, which the victim has to do at once, InnoDB whoever has written
 * less.
 */
final class DeadlockPartner implements AutoCloseable {

	private static final int BALLAST = 50;

	private final DatabaseInstance database;

	private final Connection connection;

	private CompletableFuture<Void> waiting = CompletableFuture.completedFuture(null);

	private DeadlockPartner(DatabaseInstance database, Connection connection) {
		this.database = database;
		this.connection = connection;
	}

	/**
	 * Someone who has item 2 locked.
	 * @param database the database
	 */
	static DeadlockPartner in(DatabaseInstance database) throws SQLException {
		Connection connection = database.dataSource().getConnection();
		DeadlockPartner partner = new DeadlockPartner(database, connection);
		if (database.database() == TestDatabase.POSTGRESQL) {
			partner.execute("set deadlock_timeout = '60s'");
		}
		connection.setAutoCommit(false);
		for (int i = 0; i < BALLAST; i++) {
			partner.execute("insert into note (text) values ('ballast')");
		}
		partner.lock(2);
		return partner;
	}

	/** What the victim's connections need to look for deadlocks at once. */
	static String victimSettings(TestDatabase database) {
		return (database == TestDatabase.POSTGRESQL) ? "set deadlock_timeout = '10ms'" : "select 1";
	}

	/**
	 * What the victim does: take item 1 and then item 2, which this one holds. The first
	 * attempt is a deadlock, the next ones come after it has passed.
	 * @param items the items
	 * @param attempt the number of the attempt
	 */
	void embrace(Items items, int attempt) {
		if (attempt > 1) {
			this.waiting.join();
		}
		items.add(1);
		if (attempt == 1) {
			want(1);
		}
		items.add(2);
	}

	private void want(int item) {
		this.waiting = CompletableFuture.runAsync(() -> {
			try {
				lock(item);
				// Gives way at once, so that the victim's next attempt gets what it
				// wants.
				this.connection.rollback();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, OwnThreads.EACH);
		// InnoDB finds a deadlock whoever waits first, so that on the way is good enough.
		LockWaits.awaitOne(this.database, "update");
	}

	private void lock(int item) throws SQLException {
		execute("update item set amount = amount where id = " + item);
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
