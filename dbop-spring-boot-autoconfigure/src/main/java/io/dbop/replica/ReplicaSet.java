package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.Classification;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of a database: reads go to one that knows what they must see, in turns.
 * Thread-safe.
 */
public final class ReplicaSet implements AutoCloseable {

	private final ConnectionPool primary;

	private final List<Replica> replicas;

	private final ReplicaSettings settings;

	private final RecentWrites writes;

	private final ReplicaWatch watch;

	private final AtomicInteger next = new AtomicInteger();

	/**
	 * Begins to look at replicas.
	 * @param primary the pool of the primary
	 * @param replicas the pools of the replicas
	 * @param settings which of them may answer
	 */
	public ReplicaSet(ConnectionPool primary, List<ConnectionPool> replicas, ReplicaSettings settings) {
		this.primary = primary;
		this.replicas = replicas.stream().map(Replica::new).toList();
		this.settings = settings;
		this.writes = new RecentWrites(settings.stickiness().toNanos());
		this.watch = new ReplicaWatch(primary, this.replicas, settings.checkInterval());
		primary.whenWritten(this.writes::note);
		this.watch.start();
	}

	/**
	 * The replicas.
	 * @return all of them, in the order of the configuration
	 */
	public List<Replica> replicas() {
		return this.replicas;
	}

	/** That of connections of which nothing else is said. */
	int isolation() {
		return this.primary.dialect().defaultIsolation();
	}

	/** A connection for reads alone. */
	Connection connect() throws SQLException {
		Connection connection = choose();
		try {
			connection.setReadOnly(true);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	private Connection choose() throws SQLException {
		long now = System.nanoTime();
		long forAnybody = now - this.settings.maxLag().toNanos();
		long forThisThread = this.writes.asOf(forAnybody, now);
		boolean anybodyServed = false;
		SQLException failure = null;
		int first = this.next.getAndIncrement();
		for (int i = 0; i < this.replicas.size(); i++) {
			Replica replica = this.replicas.get(Math.floorMod(first + i, this.replicas.size()));
			anybodyServed |= replica.knows(forAnybody);
			if (replica.knows(forThisThread)) {
				try {
					return replica.connect();
				}
				catch (SQLException ex) {
					if (!away(ex)) {
						throw ex;
					}
					replica.gone(String.valueOf(ex.getMessage()));
					failure = ex;
				}
			}
		}
		if (!anybodyServed && this.settings.without() == ReplicaSettings.Without.FAIL) {
			throw none(failure);
		}
		return this.primary.dataSource().getConnection();
	}

	private boolean away(SQLException exception) {
		Classification classification = SqlExceptionChain.classify(exception, this.primary.dialect()::classify);
		return classification != null && classification.redo() == Redo.CONNECTION;
	}

	private SQLException none(@Nullable SQLException failure) {
		return new SQLTransientConnectionException(
				"No replica of database '%s' may answer: none answers, or all lag behind by more than %d ms (max-lag). Nothing was sent; reads do not go to the primary."
					.formatted(this.primary.alias(), this.settings.maxLag().toMillis()),
				"08001", failure);
	}

	@Override
	public void close() {
		this.watch.close();
	}

}
