package io.dbop.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.dbop.dialect.Dialect;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.SqlExceptionChain;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of a HikariCP pool. After each failure to connect HikariCP's only
 * thread for it sleeps, longer and longer up to five seconds, and cannot be woken. A
 * connector therefore does not tell it that the server is away: it keeps that thread and
 * tries again, at an even pace, and at once when anybody else has reached the server.
 * <p>
 * Thread-safe.
 */
final class Connector implements DataSource {

	private static final Set<FailureKind> AWAY = EnumSet.of(FailureKind.CONNECT, FailureKind.CONNECTION_LOST);

	private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** So that pools whose server went away at one moment do not all ask at one. */
	private static final double JITTER = 0.2;

	private final HikariConfig settings;

	private final Function<SQLException, FailureKind> kind;

	private final Function<HikariConfig, Hosts> locator;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition reached = this.lock.newCondition();

	private volatile @Nullable HikariDataSource pool;

	private volatile @Nullable Hosts hosts;

	private volatile @Nullable SQLException failure;

	/** Counts connections that could be opened. */
	private long successes;

	/**
	 * Creates a connector.
	 * @param settings where and with what properties to connect, read when they are first
	 * needed
	 * @param kind what a failure means
	 * @param locator makes of the settings the hosts to connect to
	 */
	Connector(HikariConfig settings, Function<SQLException, FailureKind> kind, Function<HikariConfig, Hosts> locator) {
		this.settings = settings;
		this.kind = kind;
		this.locator = locator;
	}

	/**
	 * Has a pool connect in this way, if it has not begun and does not bring a way of its
	 * own.
	 */
	static void install(HikariDataSource pool, Function<SQLException, FailureKind> kind) {
		if (pool.getHikariPoolMXBean() == null && !pool.isClosed() && suits(pool)) {
			Connector connector = new Connector(pool, kind,
					(settings) -> Hosts.of(settings, List.of(settings.getJdbcUrl()), null));
			connector.serve(pool);
			pool.setDataSource(connector);
		}
	}

	/** Whether connections are to be had from a driver, by a URL. */
	static boolean suits(HikariConfig settings) {
		return settings.getJdbcUrl() != null && settings.getDataSource() == null
				&& settings.getDataSourceClassName() == null && settings.getDataSourceJNDI() == null;
	}

	/** Whether there is no server at the address, or none that is ready yet. */
	static boolean away(SQLException failure, Dialect dialect) {
		return AWAY.contains(kind(failure, dialect));
	}

	static FailureKind kind(SQLException failure, Dialect dialect) {
		Classification classification = SqlExceptionChain.classify(failure, dialect::classify);
		return (classification != null) ? classification.kind() : FailureKind.UNKNOWN;
	}

	/** Waits for the server from now on, as long as the pool is open. */
	void serve(HikariDataSource pool) {
		this.pool = pool;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return patiently(way(Reachability.credentials(this.settings)));
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return patiently((host) -> host.getConnection(username, password));
	}

	/**
	 * Tries once. If it succeeds, those who wait try again as well.
	 */
	Connection connect(Credentials credentials) throws SQLException {
		return once(way(credentials));
	}

	/** A password alone is for the user whom the URL names. */
	private static Hosts.Way way(Credentials credentials) {
		return (credentials.getUsername() != null || credentials.getPassword() != null)
				? (host) -> host.getConnection(credentials.getUsername(), credentials.getPassword())
				: DataSource::getConnection;
	}

	/**
	 * What a caller who waited in vain is told: why no connection can be opened at this
	 * time. HikariCP tells of what it met with last, which may be that a connection was
	 * found closed.
	 */
	SQLTransientConnectionException explained(SQLTransientConnectionException timeout) {
		SQLException cause = this.failure;
		if (cause == null) {
			return new SQLTransientConnectionException(timeout.getMessage(), timeout);
		}
		SQLTransientConnectionException explained = new SQLTransientConnectionException(timeout.getMessage(),
				cause.getSQLState(), cause.getErrorCode(), cause);
		explained.setNextException(cause);
		return explained;
	}

	private Connection patiently(Hosts.Way way) throws SQLException {
		long pause = FIRST_PAUSE_NANOS;
		long begun = System.nanoTime();
		while (true) {
			long seen = successes();
			try {
				return once(way);
			}
			catch (SQLException ex) {
				if (!mayPass(ex, System.nanoTime() - begun)) {
					throw ex;
				}
				pause(pause, seen, ex);
				pause = Math.min(2 * pause, PAUSE_NANOS);
			}
		}
	}

	/**
	 * The server may come, and for as long as a caller waits the end of a lock: those who
	 * set up one file at the same time lock each other out.
	 */
	private boolean mayPass(SQLException failure, long waitedNanos) {
		FailureKind kind = this.kind.apply(failure);
		if (kind == FailureKind.LOCK_TIMEOUT) {
			HikariDataSource pool = this.pool;
			return (pool == null || !pool.isClosed())
					&& waitedNanos < TimeUnit.MILLISECONDS.toNanos(this.settings.getConnectionTimeout());
		}
		return AWAY.contains(kind) && wanted();
	}

	private Connection once(Hosts.Way way) throws SQLException {
		try {
			Connection connection = hosts().connect(way);
			succeeded();
			return connection;
		}
		catch (SQLException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	private void succeeded() {
		this.lock.lock();
		try {
			this.failure = null;
			this.successes++;
			this.reached.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private long successes() {
		this.lock.lock();
		try {
			return this.successes;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The start of a pool decides for itself what to do without a server. */
	private boolean wanted() {
		HikariDataSource pool = this.pool;
		return pool != null && pool.getHikariPoolMXBean() != null && !pool.isClosed();
	}

	private void pause(long nanos, long seen, SQLException failure) throws SQLException {
		double share = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
		long remaining = (long) (nanos * share);
		this.lock.lock();
		try {
			while (remaining > 0 && this.successes == seen) {
				remaining = this.reached.awaitNanos(remaining);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * HikariCP makes it when the pool begins, and here too the settings are final then.
	 */
	Hosts hosts() {
		Hosts made = this.hosts;
		if (made == null) {
			made = this.locator.apply(this.settings);
			this.hosts = made;
		}
		return made;
	}

	private DataSource driver() {
		return hosts().any();
	}

	@Override
	public @Nullable PrintWriter getLogWriter() throws SQLException {
		return driver().getLogWriter();
	}

	@Override
	public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
		driver().setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		driver().setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return driver().getLoginTimeout();
	}

	@Override
	public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return driver().getParentLogger();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return driver().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return driver().isWrapperFor(type);
	}

	@Override
	public String toString() {
		return "Connector[" + this.settings.getPoolName() + "]";
	}

}
