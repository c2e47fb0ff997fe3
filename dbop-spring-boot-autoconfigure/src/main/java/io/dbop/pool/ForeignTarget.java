package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of which nothing is known but that it is a {@link DataSource}.
 */
final class ForeignTarget implements TargetPool {

	private volatile boolean commitsEach = true;

	private static final Logger logger = LoggerFactory.getLogger(ForeignTarget.class);

	private final DataSource dataSource;

	ForeignTarget(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public DataSource dataSource() {
		return this.dataSource;
	}

	@Override
	public Connection connect(long waitNanos) throws SQLException {
		return this.dataSource.getConnection();
	}

	@Override
	public long acquisitionTimeoutNanos() {
		return Long.MAX_VALUE;
	}

	@Override
	public int width() {
		return Integer.MAX_VALUE;
	}

	@Override
	public boolean limitsWait() {
		return false;
	}

	@Override
	public boolean autoCommit(Connection connection) throws SQLException {
		boolean commits = connection.getAutoCommit();
		this.commitsEach = commits;
		return commits;
	}

	/** As the last one did; what nobody has seen is taken for what is usual. */
	@Override
	public boolean commitsEach() {
		return this.commitsEach;
	}

	@Override
	public boolean resetsConnections() {
		return false;
	}

	@Override
	public void discard(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException | AbstractMethodError ex) {
			logger.debug("A connection could not be aborted", ex);
		}
	}

	@Override
	public PoolStatus status(int holders, int waiting, boolean closed) {
		return new PoolStatus(holders, null, waiting, null, null, null, closed);
	}

	/**
	 * What it gives may be one of its pooled ones; there is no other way to the database.
	 */
	@Override
	public Connection connectApart() throws SQLException {
		return this.dataSource.getConnection();
	}

	@Override
	public void check() throws SQLException {
		try {
			check(this.dataSource);
		}
		catch (IllegalStateException ex) {
			checkTargets(ex);
		}
	}

	/** Which of several databases is meant nobody has said: all have to answer. */
	private void checkTargets(IllegalStateException unknown) throws SQLException {
		Collection<DataSource> targets = Routing.targets(this.dataSource);
		if (targets.isEmpty()) {
			throw unknown;
		}
		for (DataSource each : targets) {
			check(each);
		}
	}

	private static void check(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			Reachability.require(connection);
		}
	}

	@Override
	public void evict() {
		// a plain data source has no means for it
	}

	@Override
	public void close() {
		if (this.dataSource instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				logger.warn("A pool could not be closed", ex);
			}
		}
	}

}
