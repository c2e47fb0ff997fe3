package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;

/**
 * A HikariCP pool.
 */
final class HikariTarget implements TargetPool {

	private final HikariDataSource hikari;

	HikariTarget(HikariDataSource hikari) {
		this.hikari = hikari;
	}

	@Override
	public DataSource dataSource() {
		return this.hikari;
	}

	/**
	 * Hikari's {@link DataSource} has one timeout for all, its pool takes one per call.
	 */
	@Override
	public Connection connect(long waitNanos) throws SQLException {
		long millis = TimeUnit.NANOSECONDS.toMillis(waitNanos);
		if (millis < this.hikari.getConnectionTimeout() && !this.hikari.isClosed()
				&& this.hikari.getHikariPoolMXBean() instanceof HikariPool pool) {
			return pool.getConnection(Math.max(1, millis));
		}
		return this.hikari.getConnection();
	}

	@Override
	public long acquisitionTimeoutNanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.hikari.getConnectionTimeout());
	}

	@Override
	public int width() {
		return this.hikari.getMaximumPoolSize();
	}

	@Override
	public boolean resetsConnections() {
		return true;
	}

	@Override
	public PoolStatus status(int holders, int waiting, boolean closed) {
		HikariPoolMXBean pool = this.hikari.getHikariPoolMXBean();
		int max = this.hikari.getMaximumPoolSize();
		int min = this.hikari.getMinimumIdle();
		if (pool == null) {
			return new PoolStatus(holders, 0, waiting, 0, max, min, closed);
		}
		return new PoolStatus(pool.getActiveConnections(), pool.getIdleConnections(),
				waiting + pool.getThreadsAwaitingConnection(), pool.getTotalConnections(), max, min, closed);
	}

	@Override
	public void evict() {
		HikariPoolMXBean pool = this.hikari.getHikariPoolMXBean();
		if (pool != null) {
			pool.softEvictConnections();
		}
	}

	@Override
	public void close() {
		this.hikari.close();
	}

}
