package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import io.dbop.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A HikariCP pool.
 */
final class HikariTarget implements TargetPool {

	private static final Logger logger = LoggerFactory.getLogger(HikariTarget.class);

	private static final long TOLERANCE_MILLIS = 5;

	/** In which the pool may tell the reason why it has none. */
	private static final long LAST_WORD_MILLIS = 50;

	/**
	 * Hikari asks idle connections whether they are alive without regard to the time of
	 * the caller. By so much he may be late.
	 */
	private static final long MAX_VALIDATION_MILLIS = 500;

	private final HikariDataSource hikari;

	private final boolean plain;

	/** How many the pool keeps at least, were there room for them. */
	private int wantedIdle;

	HikariTarget(HikariDataSource hikari) {
		this.hikari = hikari;
		this.plain = hikari instanceof RecordingDataSource || isPlain(hikari.getClass());
	}

	/** A subclass may do something to each connection it gives, which must be done. */
	private static boolean isPlain(Class<?> type) {
		try {
			return type.getMethod("getConnection").getDeclaringClass() == HikariDataSource.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public DataSource dataSource() {
		return this.hikari;
	}

	@Override
	public DataSource recording(ConnectionPool pool) {
		if (this.hikari instanceof RecordingDataSource own) {
			own.recordFor(pool);
			return own;
		}
		return TargetPool.super.recording(pool);
	}

	@Override
	public @Nullable String url() {
		return this.hikari.getJdbcUrl();
	}

	@Override
	public Connection connect(long waitNanos) throws SQLException {
		try {
			return borrow(waitNanos);
		}
		catch (SQLTransientConnectionException ex) {
			throw (this.hikari.getDataSource() instanceof Connector connector) ? connector.explained(ex) : ex;
		}
	}

	/**
	 * Hikari's {@link DataSource} has one timeout for all, its pool takes one per call.
	 */
	private Connection borrow(long waitNanos) throws SQLException {
		long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNanos));
		if (!this.plain || millis + TOLERANCE_MILLIS >= this.hikari.getConnectionTimeout() || this.hikari.isClosed()) {
			return RecordingDataSource.plainConnection(this.hikari);
		}
		HikariPool started = (this.hikari.getHikariPoolMXBean() instanceof HikariPool pool) ? pool : null;
		if (started == null) {
			return TimedBorrow.from(() -> RecordingDataSource.plainConnection(this.hikari), millis);
		}
		return (this.hikari.getValidationTimeout() > MAX_VALIDATION_MILLIS)
				? TimedBorrow.from(() -> started.getConnection(millis), millis + LAST_WORD_MILLIS)
				: started.getConnection(millis);
	}

	@Override
	public void waitForServer(Function<SQLException, FailureKind> kind) {
		Connector.install(this.hikari, kind);
	}

	@Override
	public boolean limitsWait() {
		return this.plain;
	}

	@Override
	public long acquisitionTimeoutNanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.hikari.getConnectionTimeout());
	}

	@Override
	public int width() {
		return this.hikari.getMaximumPoolSize();
	}

	/**
	 * Not the query by which the pool asks an idle connection whether it is alive, nor
	 * what it does on its own connections without autocommit.
	 */
	@Override
	public boolean recordsAll() {
		return this.hikari instanceof RecordingDataSource && this.hikari.getConnectionTestQuery() == null
				&& this.hikari.isAutoCommit();
	}

	@Override
	public boolean autoCommit(Connection connection) {
		return this.hikari.isAutoCommit();
	}

	@Override
	public boolean commitsEach() {
		return this.hikari.isAutoCommit();
	}

	@Override
	public boolean readOnly() {
		return this.hikari.isReadOnly();
	}

	@Override
	public boolean resetsConnections() {
		return true;
	}

	/** Abort first: eviction alone would wait for a statement that still runs. */
	@Override
	public void discard(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			logger.debug("A connection could not be aborted", ex);
		}
		this.hikari.evictConnection(connection);
	}

	@Override
	public boolean replace(Connection connection) {
		this.hikari.evictConnection(connection);
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
	public Connection connectApart() throws SQLException {
		Connection connection = Reachability.connect(this.hikari);
		try {
			return atHome(connection);
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	/** Where names without a schema lead to the tables that the pool's lead to. */
	private Connection atHome(Connection connection) throws SQLException {
		if (this.hikari.getCatalog() != null) {
			connection.setCatalog(this.hikari.getCatalog());
		}
		if (this.hikari.getSchema() != null) {
			connection.setSchema(this.hikari.getSchema());
		}
		return connection;
	}

	@Override
	public void check() throws SQLException {
		try (Connection connection = connectApart()) {
			Reachability.require(connection);
		}
	}

	/**
	 * Those that are there may have died with the server, and Hikari asks none that was
	 * used within the last half second if it is alive. Where none is left, a pool that
	 * had begun before it was adopted pauses, up to five seconds, in which callers would
	 * time out.
	 */
	@Override
	public void revive() throws SQLException {
		HikariPoolMXBean pool = this.hikari.getHikariPoolMXBean();
		if (pool != null) {
			pool.softEvictConnections();
			if (pool.getTotalConnections() == 0) {
				RecordingDataSource.plainConnection(this.hikari).close();
			}
		}
	}

	@Override
	public void evict() {
		HikariPoolMXBean pool = this.hikari.getHikariPoolMXBean();
		if (pool != null) {
			pool.softEvictConnections();
		}
	}

	@Override
	public synchronized void resize(int max) {
		int before = this.hikari.getMaximumPoolSize();
		int idle = this.hikari.getMinimumIdle();
		this.wantedIdle = Math.max(this.wantedIdle, idle);
		if (idle > max) {
			this.hikari.setMinimumIdle(max);
		}
		this.hikari.setMaximumPoolSize(max);
		if (idle >= 0) {
			this.hikari.setMinimumIdle(Math.min(this.wantedIdle, max));
		}
		if (max < before) {
			evict();
		}
	}

	@Override
	public void close() {
		this.hikari.close();
	}

}
