package io.dbop.observation;

import io.dbop.pool.PoolStatistics;

/** The statements on the connections of a pool, whoever executes them. */
final class StatementMeters {

	private StatementMeters() {
	}

	static void bind(MeterGroup group, PoolStatistics statistics) {
		group.timer("dbop.statements", "Statements executed, a batch being one", statistics, PoolStatistics::statements,
				PoolStatistics::totalStatementNanos);
		group.count("dbop.statements.slow", "Statements that took at least as long as dbop.slow-query.threshold",
				statistics, PoolStatistics::slowStatements);
	}

}
