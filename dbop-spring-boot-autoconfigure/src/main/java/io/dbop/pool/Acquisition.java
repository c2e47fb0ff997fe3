package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Hands out the connections of a pool.
 */
final class Acquisition {

	private final ConnectionPool pool;

	private final TargetPool target;

	private final PoolStatistics statistics = new PoolStatistics(System::nanoTime);

	Acquisition(ConnectionPool pool, TargetPool target) {
		this.pool = pool;
		this.target = target;
	}

	Connection acquire() throws SQLException {
		return new RecordedConnection(this.pool, this.target.connect(Long.MAX_VALUE));
	}

	Connection acquireAs(String username, String password) throws SQLException {
		return new RecordedConnection(this.pool, this.target.dataSource().getConnection(username, password));
	}

	PoolStatus status() {
		return this.target.status(0, 0, false);
	}

	List<Holder> holders() {
		return List.of();
	}

	PoolStatistics statistics() {
		return this.statistics;
	}

	void refuse() {
	}

	void close(Duration grace) {
		this.target.close();
	}

}
