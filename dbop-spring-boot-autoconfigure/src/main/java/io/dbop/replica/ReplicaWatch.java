package io.dbop.replica;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.dialect.ReplicationSql;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Looks how far replicas are, on a thread of its own. The primary is asked for its
 * position, and the replicas whether they have reached those it had before: so the lag is
 * a time on one clock, that of this process, and does not grow while nobody writes.
 */
final class ReplicaWatch implements AutoCloseable {

	private static final int MAX_SIGHTINGS = 1000;

	private final Server primary;

	private final ReplicationSql sql;

	private final Map<Replica, Server> replicas = new LinkedHashMap<>();

	private final Duration interval;

	private final Thread thread;

	/** The earliest first. */
	private final List<Sighting> sightings = new ArrayList<>();

	private volatile boolean closed;

	ReplicaWatch(ConnectionPool primary, List<Replica> replicas, Duration interval) {
		ReplicationSql known = primary.dialect().replication();
		if (known == null) {
			throw new IllegalArgumentException(
					"Replicas of database '%s' cannot be asked how far they are".formatted(primary.alias()));
		}
		this.sql = known;
		this.primary = new Server(primary);
		replicas.forEach((replica) -> this.replicas.put(replica, new Server(replica.pool())));
		this.interval = interval;
		this.thread = new Thread(this::watch, "dbop-replicas-" + primary.alias());
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void watch() {
		while (!this.closed) {
			look();
			try {
				Thread.sleep(this.interval.toMillis());
			}
			catch (InterruptedException ex) {
				break;
			}
		}
		this.primary.close();
		this.replicas.values().forEach(Server::close);
	}

	/**
	 * While the primary does not answer nobody writes that we know of: who has reached
	 * its last position is as good as can be.
	 */
	private void look() {
		long now = System.nanoTime();
		Sighting current = sight(now);
		this.replicas.forEach((replica, server) -> {
			try {
				Sighting reached = reached(server);
				if (reached != null) {
					boolean all = current == null && reached == this.sightings.get(this.sightings.size() - 1);
					replica.reached(all ? now : reached.moment());
				}
			}
			catch (SQLException ex) {
				replica.gone(String.valueOf(ex.getMessage()));
			}
		});
	}

	private @Nullable Sighting sight(long now) {
		try {
			String position = this.primary.ask(this.sql.position());
			if (position == null) {
				return null;
			}
			Sighting sighting = new Sighting(now, position);
			this.sightings.add(sighting);
			if (this.sightings.size() > MAX_SIGHTINGS) {
				this.sightings.remove(0);
			}
			return sighting;
		}
		catch (SQLException ex) {
			return null;
		}
	}

	/**
	 * The latest position that a replica has reached: mostly the last one, or the one
	 * before, else it is looked for by halves.
	 */
	private @Nullable Sighting reached(Server server) throws SQLException {
		int from = 0;
		int to = this.sightings.size();
		for (int i = to - 1; i >= Math.max(0, to - 2); i--) {
			if (reached(server, this.sightings.get(i))) {
				return this.sightings.get(i);
			}
		}
		to = Math.max(0, to - 2);
		while (from < to) {
			int middle = (from + to) / 2;
			if (reached(server, this.sightings.get(middle))) {
				from = middle + 1;
			}
			else {
				to = middle;
			}
		}
		return (from > 0) ? this.sightings.get(from - 1) : null;
	}

	private boolean reached(Server server, Sighting sighting) throws SQLException {
		String answer = server.ask(this.sql.reached(), sighting.position());
		if (answer == null) {
			throw new SQLException("it is no replica");
		}
		return answer.equals("1") || answer.startsWith("t");
	}

	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
	}

	/** Where the primary was at a moment, or later. */
	private record Sighting(long moment, String position) {
	}

}
