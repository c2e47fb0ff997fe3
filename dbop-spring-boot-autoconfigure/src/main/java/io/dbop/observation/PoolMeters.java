package io.dbop.observation;

import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolStatus;
import org.jspecify.annotations.Nullable;

/** The connections of a pool. What a pool does not tell is NaN. */
final class PoolMeters {

	private PoolMeters() {
	}

	static void bind(MeterGroup group, ConnectionPool pool) {
		group.gauge("dbop.pool.active", "Connections in use", pool, (each) -> each.status().active());
		group.gauge("dbop.pool.idle", "Connections waiting for use", pool, (each) -> orNaN(each.status().idle()));
		group.gauge("dbop.pool.total", "Connections there are", pool, (each) -> orNaN(each.status().total()));
		group.gauge("dbop.pool.max", "The most connections the pool may have", pool,
				(each) -> orNaN(each.status().max()));
		group.gauge("dbop.pool.utilisation", "Connections in use, as a share of the most there may be", pool,
				(each) -> utilisation(each.status()));
		group.gauge("dbop.pool.waiting", "Callers waiting for a connection", pool, (each) -> each.status().waiting());
	}

	private static double utilisation(PoolStatus status) {
		return status.active() / orNaN(status.max());
	}

	private static double orNaN(@Nullable Integer value) {
		return (value != null) ? value : Double.NaN;
	}

}
