package io.dbop.observation;

import io.dbop.pool.PoolStatistics;

/** What callers of a pool met with. */
final class ConnectionMeters {

	private ConnectionMeters() {
	}

	static void bind(MeterGroup group, PoolStatistics statistics) {
		group.count("dbop.connections.acquired", "Connections handed out", statistics, PoolStatistics::acquired);
		group.count("dbop.connections.released", "Connections given back", statistics, PoolStatistics::released);
		group.count("dbop.connections.timeouts", "Callers that got no connection in time", statistics,
				PoolStatistics::timeouts);
		group.count("dbop.connections.errors", "Callers that got no connection for another reason", statistics,
				PoolStatistics::errors);
		group.count("dbop.connections.refusals", "Callers that got none because the server had none to spare",
				statistics, PoolStatistics::refusals);
		group.count("dbop.connections.nested.failures", "Callers that got no second one while they held a first",
				statistics, PoolStatistics::nestedFailures);
		group.count("dbop.connections.leaks", "Connections that were held for so long that they were reported",
				statistics, PoolStatistics::leaks);
		group.timer("dbop.connections.acquire", "Time that callers waited, whether they got a connection or not",
				statistics, ConnectionMeters::callers, PoolStatistics::totalWaitNanos);
		group.time("dbop.connections.acquire.max", "Longest time that a caller waited lately", statistics,
				PoolStatistics::maxWaitNanos);
		group.timer("dbop.connections.held", "Time that connections were held which were given back", statistics,
				PoolStatistics::released, PoolStatistics::totalHeldNanos);
	}

	private static long callers(PoolStatistics statistics) {
		return statistics.acquired() + statistics.timeouts() + statistics.errors();
	}

}
