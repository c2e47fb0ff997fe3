package io.dbop.replica;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dbop.dialect.ReplicationSql;
import io.dbop.pool.ConnectionPool;

/**
 * Looks how far replicas are, each on a thread of its own, so that one which hangs holds
 * up none. The primary is asked for its position, and the replicas whether they have
 * reached those it had before: so the lag is a time on one clock, that of this process,
 * and does not grow while nobody writes.
 */
final class ReplicaWatch implements AutoCloseable {

	private final List<Rounds> rounds = new ArrayList<>();

	ReplicaWatch(ConnectionPool primary, ReplicationSql sql, List<Replica> replicas, Duration interval) {
		Sightings sightings = new Sightings();
		for (Replica each : replicas) {
			Server server = new Server(each.pool());
			this.rounds.add(new Rounds("dbop-" + each.name(),
					new ReplicaLook(each, server, sql.reached(), sightings, interval), server::close));
		}
		Server server = new Server(primary);
		this.rounds.add(new Rounds("dbop-" + primary.alias() + "-position",
				new PrimaryLook(server, sql.position(), primary.dialect().readOnlyServerSql(), sightings, interval),
				server::close));
	}

	@Override
	public void close() {
		this.rounds.forEach(Rounds::close);
	}

}
