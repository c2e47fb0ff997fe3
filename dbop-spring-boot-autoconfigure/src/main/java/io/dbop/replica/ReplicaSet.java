package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.dbop.dialect.ReplicationSql;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of a database: reads go to one that knows what they must see, in turns.
 * Thread-safe.
 */
public final class ReplicaSet implements AutoCloseable {

	private static final long FIRST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ConnectionPool primary;

	private final List<Replica> replicas;

	private final ReplicaSettings settings;

	private final RecentWrites writes;

	private final ReplicaWatch watch;

	private final AtomicInteger next = new AtomicInteger();

	private final LongAdder fallbacks = new LongAdder();

	/**
	 * Begins to look at replicas. Where reads fail without them, waits a second for each
	 * of them at most.
	 * @param primary the pool of the primary
	 * @param replicas the pools of the replicas, at least one
	 * @param settings which of them may answer
	 */
	public ReplicaSet(ConnectionPool primary, List<ConnectionPool> replicas, ReplicaSettings settings) {
		ReplicationSql sql = primary.dialect().replication();
		if (sql == null || replicas.isEmpty()) {
			throw new IllegalArgumentException(
					"Database '%s' has no replicas that can be asked how far they are".formatted(primary.alias()));
		}
		this.primary = primary;
		this.replicas = replicas.stream().map((pool) -> new Replica(pool, settings.maxLag())).toList();
		this.settings = settings;
		this.writes = new RecentWrites(settings.stickiness().toNanos());
		primary.listen(this.writes);
		this.watch = new ReplicaWatch(primary, sql, this.replicas, settings.checkInterval());
		if (settings.without() == ReplicaSettings.Without.FAIL) {
			// Reads must not fail just because nobody has looked yet.
			this.replicas.forEach((each) -> each.awaitLook(FIRST_LOOK_NANOS));
		}
	}

	/**
	 * The alias of the database.
	 * @return that of the primary
	 */
	public String alias() {
		return this.primary.alias();
	}

	/**
	 * The replicas.
	 * @return all of them, in the order of the configuration
	 */
	public List<Replica> replicas() {
		return this.replicas;
	}

	/**
	 * How many reads went to the primary because no replica was fit for them.
	 * @return the number since the start
	 */
	public long fallbacks() {
		return this.fallbacks.sum();
	}

	/** A connection for reads alone. */
	Connection connect() throws SQLException {
		Connection connection = ofReplica();
		if (connection != null) {
			return connection;
		}
		if (this.settings.without() == ReplicaSettings.Without.FAIL && noneAvailable()) {
			throw this.replicas.get(0).pool().refused(none());
		}
		this.fallbacks.increment();
		return ofPrimary();
	}

	private @Nullable Connection ofReplica() throws SQLException {
		int first = this.next.getAndIncrement();
		for (int i = 0; i < this.replicas.size(); i++) {
			Replica replica = this.replicas.get(Math.floorMod(first + i, this.replicas.size()));
			long now = System.nanoTime();
			if (replica.current(now) && this.writes.seenBy(replica, now)) {
				Connection connection = replica.connect();
				if (connection != null) {
					return connection;
				}
			}
		}
		return null;
	}

	private boolean noneAvailable() {
		return this.replicas.stream().noneMatch(Replica::available);
	}

	private Connection ofPrimary() throws SQLException {
		Connection connection = this.primary.dataSource().getConnection();
		try {
			connection.setReadOnly(true);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	private SQLException none() {
		return new SQLTransientConnectionException(
				("No replica of database '%s' may answer: none can be reached, or all lag behind by more than %d ms"
						+ " (replica.max-lag). Nothing was sent, and not to the primary either (replica.without=fail).")
					.formatted(alias(), this.settings.maxLag().toMillis()),
				"08001");
	}

	@Override
	public void close() {
		this.watch.close();
	}

}
