package io.dbop.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Databases that tests have done with, emptied for other tests, where that is quicker
 * than to drop one and create another. One that cannot be made as good as new is not
 * kept. Thread-safe.
 */
final class SpareDatabases {

	private final Deque<ServerDatabase> spares = new ArrayDeque<>();

	private final Set<ServerDatabase> lent = Collections.newSetFromMap(new IdentityHashMap<>());

	SpareDatabases() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::dropAll));
	}

	/**
	 * Lend a database, an empty one that is there or a new one.
	 */
	ServerDatabase lend(TestDatabase database, ServerDialect dialect, DatabaseServer server) throws SQLException {
		ServerDatabase spare = poll();
		ServerDatabase lent = (spare != null) ? spare.in(this)
				: ServerDatabase.create(database, dialect, server).in(this);
		synchronized (this) {
			this.lent.add(lent);
		}
		return lent;
	}

	/**
	 * Take a database back to which nobody is connected any more.
	 * @param returned the database
	 * @param administrator an administrator's connection
	 * @return whether it need not be dropped
	 */
	boolean takeBack(ServerDatabase returned, Connection administrator) {
		synchronized (this) {
			if (!this.lent.remove(returned)) {
				return true;
			}
		}
		if (!empty(returned, administrator)) {
			return false;
		}
		synchronized (this) {
			this.spares.add(returned);
		}
		return true;
	}

	private synchronized @Nullable ServerDatabase poll() {
		return this.spares.poll();
	}

	private static boolean empty(ServerDatabase database, Connection administrator) {
		String sql = database.dialect().empty();
		if (sql == null) {
			return false;
		}
		try {
			try (Connection connection = DriverManager.getConnection(database.url(), database.username(),
					database.password()); Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
			database.awaitNobody(administrator);
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** A server that was given by its URL outlives this JVM. */
	private synchronized void dropAll() {
		for (ServerDatabase spare : this.spares) {
			try {
				spare.drop();
			}
			catch (SQLException ex) {
				return; // The server has gone before its databases.
			}
		}
	}

}
