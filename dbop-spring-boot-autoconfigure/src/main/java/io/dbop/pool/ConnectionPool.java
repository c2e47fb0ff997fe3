package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.StatementLimits;
import io.dbop.dialect.TransactionBoundaries;
import io.dbop.disclosure.SlowQuerySettings;
import io.dbop.failure.FailureCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of one alias: its own, or an existing {@link DataSource} that was adopted.
 * Connections taken from {@link #dataSource()} record what happens on them in the
 * {@link AttemptLedger} of their thread. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionPool.class);

	private final String alias;

	private final @Nullable DatabaseConfig config;

	private final TargetPool target;

	private final LazyDialect dialect;

	private final Acquisition acquisition;

	private final PoolStatistics statistics;

	private final FailureCounts failures = new FailureCounts();

	private final DataSource dataSource;

	private final long statementLimitNanos;

	private final LazyVersion version = new LazyVersion();

	private final HealthCheck healthCheck = new HealthCheck(this);

	private final Demotion demotion = new Demotion(this);

	private volatile @Nullable PoolListener listener;

	private volatile boolean readOnly;

	private volatile boolean takesReadOnly = true;

	private volatile boolean closed;

	private volatile SlowStatements slowStatements;

	ConnectionPool(String alias, @Nullable DatabaseConfig config, TargetPool target, LazyDialect dialect) {
		this.alias = alias;
		this.config = config;
		this.target = target;
		this.dialect = dialect;
		this.statistics = new PoolStatistics();
		this.acquisition = new Acquisition(this, target, dialect, this.version, this.statistics);
		this.dataSource = target.recording(this);
		this.statementLimitNanos = (config != null && !dialect.get().endsLongStatements())
				? config.queryExecutionTimeout().toNanos() : DeadlineGuard.UNLIMITED;
		this.slowStatements = SlowStatements.unwatched(this);
	}

	/**
	 * The pool behind a data source, through whatever wrappers there are.
	 * @param dataSource a data source
	 * @return the pool, or {@code null} if there is none
	 */
	public static @Nullable ConnectionPool of(DataSource dataSource) {
		return DataSourceProxy.poolOf(dataSource);
	}

	/**
	 * Strips the wrappers of this package and of Spring from a data source, to compare
	 * two by identity.
	 * @param dataSource a data source
	 * @return what is inside, or the data source itself if it wraps nothing
	 */
	public static DataSource unwrapped(DataSource dataSource) {
		return DataSourceProxy.unwrapped(dataSource);
	}

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String alias() {
		return this.alias;
	}

	/**
	 * Whether a statement outside of any transaction is committed by itself, which is
	 * usual. Where not it needs a transaction, or its work is rolled back when the
	 * connection goes back.
	 * @return whether connections are handed out with autocommit
	 */
	public boolean commitsEach() {
		return this.target.commitsEach();
	}

	/**
	 * What the pool was opened with.
	 * @return the configuration, or {@code null} if the pool was adopted
	 */
	public @Nullable DatabaseConfig config() {
		return this.config;
	}

	/**
	 * Whether nothing can be written on its connections, nor is meant to be: it is that
	 * of a replica.
	 * @return whether it was {@linkplain ConnectionPoolFactory#openReplica opened as
	 * that}
	 */
	public boolean readOnly() {
		return this.readOnly;
	}

	/** To be called before anybody has it. */
	void serveReadsOnly() {
		this.readOnly = true;
	}

	/**
	 * A connection, unless the server is away. Who waits for one is
	 * {@linkplain #sendAway() sent away} as soon as that is known.
	 * @return the connection, or {@code null} if the server is away, of which the
	 * operation of the thread learns nothing
	 * @throws SQLException if there is none for another reason
	 */
	public @Nullable Connection connectUnlessAway() throws SQLException {
		return this.acquisition.acquireUnlessAway();
	}

	/**
	 * Has those wait no longer who wait {@linkplain #connectUnlessAway() unless the
	 * server is away}.
	 */
	public void sendAway() {
		this.acquisition.sendAway();
	}

	/**
	 * Counts a caller who cannot be given a connection, as one who has asked in vain.
	 * @param reason why not
	 * @return the reason, to be thrown
	 */
	public SQLException refused(SQLException reason) {
		return this.acquisition.turnedAway(reason);
	}

	/**
	 * Whether connections are looked after. Where the pool was there before us and no
	 * operation of ours runs, everything stays as it was.
	 */
	boolean watches(@Nullable AttemptLedger ledger) {
		return this.config != null || ledger != null;
	}

	/**
	 * How transactions begin and end on its connections.
	 */
	TransactionBoundaries transactions() {
		TransactionBoundaries transactions = dialect().transactions();
		return (this.config != null && this.target.recordsAll()) ? transactions : transactions.shared();
	}

	/**
	 * Whether connections can be made read-only, for all that was seen.
	 */
	boolean takesReadOnly() {
		return this.takesReadOnly;
	}

	/**
	 * The server has refused to make one read-only. From now on it is asked at once, so
	 * that who wants it learns of it.
	 */
	void refusedReadOnly(SQLException refusal) {
		this.takesReadOnly = false;
		logger.warn("Database '{}' refuses to make connections read-only ({}): what is declared so can write",
				this.alias, refusal.getMessage());
	}

	/**
	 * Whether its connections are read-only when they are handed out.
	 */
	boolean handsOutReadOnly() {
		return this.target.readOnly();
	}

	/**
	 * Where the database is.
	 * @return the JDBC URL without secrets, or {@code null} if the pool does not tell it
	 */
	public @Nullable String location() {
		String url = this.target.url();
		return (url != null) ? JdbcUrls.withoutSecrets(url) : null;
	}

	/**
	 * The data source that applications use: that of a pool that was opened here, or a
	 * proxy of the class of {@link #target()} where that class allows it.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * The pool itself. Connections taken from it are not recorded, unless it was
	 * {@linkplain ConnectionPoolFactory opened} for that.
	 * @return the data source without a proxy
	 */
	public DataSource target() {
		return this.target.dataSource();
	}

	/**
	 * Whether all connections come from other pools, which record them.
	 * @return whether the target routes, and to adopted data sources only
	 */
	public boolean routesToPools() {
		return Routing.toPoolsOnly(target());
	}

	/**
	 * Whether connections of a pool may have been got here.
	 * @param alias the alias of that pool
	 * @return whether it is this one's, or that of a pool that this one routes to
	 */
	public boolean gives(String alias) {
		return this.alias.equals(alias) || Routing.to(target(), alias);
	}

	/**
	 * The dialect of the database. For an adopted pool that does not tell its URL, the
	 * first call may take a connection; while there is none, the generic dialect is
	 * returned.
	 * @return the dialect
	 */
	public Dialect dialect() {
		return this.dialect.get();
	}

	/**
	 * The dialect of the database as far as it is known without a connection, else the
	 * generic one.
	 * @return the dialect
	 */
	public Dialect knownDialect() {
		return this.dialect.known();
	}

	/**
	 * Changes how many connections the pool may have. If they become fewer, those that
	 * are idle are closed now and those in use when they are given back.
	 * @param max how many, at least 1
	 * @throws IllegalArgumentException if the number cannot be
	 * @throws UnsupportedOperationException if the pool's size cannot be changed while it
	 * runs
	 */
	public void resize(int max) {
		if (max < 1) {
			throw new IllegalArgumentException("A pool has at least 1 connection, not " + max);
		}
		String url = this.target.url();
		if (max > 1 && url != null && knownDialect().privateToConnection(url)) {
			throw new UnsupportedOperationException(
					"Each connection to database '%s' would have a database of its own".formatted(this.alias));
		}
		this.target.resize(max);
		this.acquisition.resized();
	}

	/**
	 * The state of the pool now.
	 * @return the state
	 */
	public PoolStatus status() {
		return this.acquisition.status();
	}

	/**
	 * Who holds its connections now, and what runs on them.
	 * @return the activity, always as it is
	 */
	public PoolActivity activity() {
		return this.acquisition.activity();
	}

	/**
	 * Notes that a connection is kept beyond the operation that took it, whose name then
	 * does not tell who has it. Called where that is decided: its stack is what a report
	 * of a leak shows.
	 * @param connection a connection of this pool
	 */
	public void noteKept(Connection connection) {
		if (connection instanceof RecordedConnection kept && this.acquisition.leaks().notes(false)) {
			kept.noteTaken();
		}
	}

	/**
	 * The versions of server and driver, as far as they are known: from the first
	 * connection on that was handed out. Asks the database nothing.
	 * @return the versions, or {@code null} if they are not known yet
	 */
	public @Nullable DatabaseVersion knownVersion() {
		return this.version.known();
	}

	/**
	 * The versions of server and driver. Takes a connection if they are not known.
	 * @return the versions
	 * @throws SQLException if no connection is to be had, or the driver does not tell
	 */
	public DatabaseVersion version() throws SQLException {
		DatabaseVersion known = knownVersion();
		if (known != null) {
			return known;
		}
		try (Connection connection = this.dataSource.getConnection()) {
			return this.version.ask(connection);
		}
	}

	/**
	 * How often attempts of operations failed, by what was wrong.
	 * @return the counts, live
	 */
	public FailureCounts failures() {
		return this.failures;
	}

	/**
	 * What callers met with.
	 * @return live counters
	 */
	public PoolStatistics statistics() {
		return this.statistics;
	}

	/**
	 * Counts and logs statements that take long, from the next one on. Without this none
	 * is.
	 * @param settings when a statement is slow, and what is told of it
	 */
	public void watchStatements(SlowQuerySettings settings) {
		this.slowStatements = SlowStatements.of(this, settings);
	}

	/**
	 * How long callers wait for a connection.
	 * @return the time, or {@code null} if only the adopted pool knows
	 */
	public @Nullable Duration acquisitionTimeout() {
		long nanos = this.target.acquisitionTimeoutNanos();
		return (nanos != Long.MAX_VALUE) ? Duration.ofNanos(nanos) : null;
	}

	/**
	 * Finds out whether the database answers, beside the pool where that can be. Takes as
	 * long as opening a connection may take.
	 * @throws SQLException if it does not
	 */
	public void check() throws SQLException {
		this.target.check();
	}

	/**
	 * Opens a connection that is not the pool's, takes no place in the queue and is
	 * recorded nowhere; of a pool that is only known as a {@code DataSource} one of its
	 * own. For work that must not be kept waiting by those who hold connections.
	 * @return the connection, to be closed
	 * @throws SQLException if the database does not answer
	 */
	public Connection connectApart() throws SQLException {
		return this.target.connectApart();
	}

	/**
	 * Finds out whether the database answers, with one {@linkplain #check() check} for
	 * all who ask at the same time.
	 * @param limit how long to wait for the answer
	 * @return the answer, or that there is none yet
	 */
	public PoolHealth health(Duration limit) {
		Given.positive("limit", limit);
		return checkHealth().await(System.nanoTime() + limit.toNanos());
	}

	HealthCheck.Running checkHealth() {
		return this.healthCheck.start();
	}

	/**
	 * Has callers served again by a database that was away and {@linkplain #check()
	 * answers} now: what connections there were are replaced as by {@link #evict()}, and
	 * had the pool lost them all, it has one. Takes no place in the queue.
	 * @throws SQLException if they would not be served
	 */
	public void revive() throws SQLException {
		this.target.revive();
	}

	/**
	 * Sets limits on the session of a connection of this pool, for one statement.
	 * @param connection the connection
	 * @param limits the limits, at least one
	 * @return how to take them back, or {@code null} if nothing was set. A connection on
	 * which they cannot be taken back goes to nobody else
	 * @throws SQLException if they could not be set
	 */
	public @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		RecordedConnection recorded = connection.isWrapperFor(RecordedConnection.class)
				? connection.unwrap(RecordedConnection.class) : null;
		if (recorded == null) {
			return dialect().limitSession(connection, limits);
		}
		SessionLimits set = dialect().limitSession(recorded.target(), limits);
		return (set != null) ? (failed) -> takeBack(set, failed, recorded) : null;
	}

	private void takeBack(SessionLimits set, boolean failed, RecordedConnection connection) throws SQLException {
		try {
			set.takeBack(failed);
		}
		catch (SQLException ex) {
			connection.pool().acquisition.discard(connection);
			throw ex;
		}
	}

	/**
	 * Replaces all physical connections: idle ones now, those in use when they are given
	 * back. Does nothing where the pool cannot.
	 */
	public void evict() {
		this.target.evict();
	}

	/**
	 * Tells that a server which should take writes took none, as one that is no longer
	 * the primary: all connections to it are replaced, though not more often than once a
	 * second.
	 */
	public void noteReadOnlyServer() {
		this.demotion.noticed();
	}

	/**
	 * Has something done before the pool is closed, or takes no more work since the
	 * application stops: to write what waits to be written.
	 * @param work given the moment until which it may take, as of
	 * {@link System#nanoTime()}
	 */
	public void beforeEnding(LongConsumer work) {
		ending().before(work);
	}

	/**
	 * Tells what happens on the connections of the pool.
	 * @param listener told of it, in place of an earlier one
	 */
	public void listen(PoolListener listener) {
		this.listener = listener;
	}

	@Nullable PoolListener listener() {
		return this.listener;
	}

	/**
	 * Closes the pool. Once what {@linkplain #beforeEnding waits} is done, new work is
	 * refused, and running work may go on for a while; then its connections are aborted,
	 * so that nothing more is committed. A server that does not answer is waited for a
	 * second at most; then the rest is done in the background. Idempotent.
	 * @param grace how long running work may go on
	 */
	public void close(Duration grace) {
		Given.notNegative("grace", grace);
		Shutdown.close(List.of(this), grace);
	}

	void closeTarget() {
		try {
			this.target.close();
		}
		finally {
			Watchdog.shared().unwatch(this.acquisition.leaks());
		}
	}

	/**
	 * Closes the pool with no grace.
	 */
	@Override
	public void close() {
		close(Duration.ZERO);
	}

	/**
	 * Whether the pool was closed, for good. One that merely takes no new work while the
	 * application stops may take some again.
	 * @return whether it was closed
	 */
	public boolean closed() {
		return this.closed;
	}

	/** Takes no work any more, for good. */
	void refuseAll() {
		this.closed = true;
		ending().refuseAll();
	}

	Ending ending() {
		return this.acquisition.ending();
	}

	/**
	 * How long a statement may run before it is cancelled from here.
	 */
	long statementLimitNanos() {
		return this.statementLimitNanos;
	}

	SlowStatements slowStatements() {
		return this.slowStatements;
	}

	Acquisition acquisition() {
		return this.acquisition;
	}

	@Override
	public String toString() {
		return "ConnectionPool[" + this.alias + "]";
	}

}
