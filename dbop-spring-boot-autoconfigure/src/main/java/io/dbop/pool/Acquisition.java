package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.Classification;
import io.dbop.failure.Phase;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.Gate.Admission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the connections of a pool: through the gate, for one acquisition timeout or
 * until the deadline of the attempt at the most, with the reasons when there is none.
 */
final class Acquisition {

	private static final Logger logger = LoggerFactory.getLogger(Acquisition.class);

	/** How long those wait unheard who may be sent away. */
	private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final ConnectionPool pool;

	private final TargetPool target;

	private final LazyDialect dialect;

	private final LazyVersion version;

	private final PoolStatistics statistics;

	private final Seats<Holding> holders = new Seats<>();

	private final LeakWatch leaks;

	private final Gate gate;

	private final PoolActivity activity;

	private final Source source;

	private final Ending ending;

	private final AtomicBoolean replaced = new AtomicBoolean();

	/** How often those who waited were sent away. */
	private final AtomicInteger dismissals = new AtomicInteger();

	Acquisition(ConnectionPool pool, TargetPool target, LazyDialect dialect, LazyVersion version,
			PoolStatistics statistics) {
		this.pool = pool;
		this.target = target;
		this.dialect = dialect;
		this.version = version;
		this.statistics = statistics;
		this.leaks = new LeakWatch(pool.alias(), this.holders, statistics);
		Watchdog.shared().watch(this.leaks);
		this.gate = new Gate(target::width, this.holders);
		this.activity = new PoolActivity(pool, this.holders, this.gate, this.leaks);
		this.ending = new Ending(this.gate, this.holders);
		this.source = target::connect;
	}

	Connection acquire() throws SQLException {
		return acquire(this.source);
	}

	/**
	 * A connection, or {@code null} if the server is away, which is no failure of the
	 * operation: there are others.
	 */
	@Nullable Connection acquireUnlessAway() throws SQLException {
		try {
			return acquire(this::connectWhileThere);
		}
		catch (SQLException ex) {
			PoolListener listener = this.pool.listener();
			if (listener != null && Connector.away(ex, this.dialect.known())) {
				listener.lost(String.valueOf(ex.getMessage()));
			}
			else if (!(ex instanceof PoolClosedException)) {
				throw ex;
			}
			AttemptLedger ledger = AttemptLedger.current();
			if (ledger != null) {
				ledger.forget(ex);
			}
			return null;
		}
	}

	/** The pool cannot be told to let go of who waits in it. */
	private Connection connectWhileThere(long waitNanos) throws SQLException {
		long deadline = System.nanoTime() + waitNanos;
		int seen = this.dismissals.get();
		while (true) {
			long left = deadline - System.nanoTime();
			try {
				return this.target.connect(Math.min(left, SLICE_NANOS));
			}
			catch (SQLTransientConnectionException ex) {
				if (this.dismissals.get() != seen) {
					throw (SQLException) new PoolClosedException(this.pool.alias()).initCause(ex);
				}
				if (left <= SLICE_NANOS) {
					throw ex;
				}
			}
		}
	}

	void sendAway() {
		this.dismissals.incrementAndGet();
		this.gate.dismiss();
	}

	SQLException turnedAway(SQLException reason) {
		return failed(reason, System.nanoTime(), AttemptLedger.current());
	}

	Connection acquireAs(String username, String password) throws SQLException {
		return acquire((waitNanos) -> this.target.dataSource().getConnection(username, password));
	}

	private Connection acquire(Source from) throws SQLException {
		long start = System.nanoTime();
		AttemptLedger ledger = AttemptLedger.current();
		long limit = limit(start, ledger);
		if (limit <= 0 && ledger != null) {
			throw tooLate(start, ledger);
		}
		boolean inside = false;
		try {
			long left = admit(start, limit);
			inside = true;
			Connection target = connect(from, start, limit, left);
			long now = System.nanoTime();
			Connection connection = recorded(target, ledger, now);
			inside = false;
			this.statistics.acquired(now, now - start);
			return connection;
		}
		catch (SQLException ex) {
			throw failed(ex, start, ledger);
		}
		finally {
			if (inside) {
				this.gate.leave();
			}
		}
	}

	private long limit(long start, @Nullable AttemptLedger ledger) {
		long limit = this.target.acquisitionTimeoutNanos();
		if (ledger != null && ledger.deadline() != AttemptLedger.NO_DEADLINE) {
			return Math.min(limit, ledger.deadline() - start);
		}
		return limit;
	}

	/**
	 * @return the time that is left, in nanoseconds
	 */
	private long admit(long start, long limit) throws SQLException {
		if (this.gate.tryEnter()) {
			return limit;
		}
		releaseGone();
		Admission admission = await(limit);
		switch (admission) {
			case ADMITTED -> {
			}
			case TIMED_OUT -> lastTry(start, limit);
			case DEADLOCKED -> throw explanation(start).deadlock();
			case CLOSED -> throw new PoolClosedException(this.pool.alias());
		}
		return limit - (System.nanoTime() - start);
	}

	private Admission await(long limit) throws SQLException {
		try {
			return this.gate.enter(limit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while waiting for a connection of database '%s'; nothing was sent."
				.formatted(this.pool.alias()), ex);
		}
	}

	/**
	 * The pool is asked all the same, without waiting: it counts the timeout in meters of
	 * its own and knows whether the server can be reached.
	 */
	private void lastTry(long start, long limit) throws SQLException {
		if (!this.target.limitsWait()) {
			throw explanation(start).timeout(limit < this.target.acquisitionTimeoutNanos(), null, false);
		}
		this.gate.enterUnasked();
	}

	private Connection connect(Source from, long start, long limit, long left) throws SQLException {
		try {
			return from.connect(left);
		}
		catch (SQLTransientConnectionException ex) {
			if (this.target.gated()) {
				throw explanation(start).timeout(limit < this.target.acquisitionTimeoutNanos(), reason(ex),
						refused(ex));
			}
			throw ex;
		}
		catch (SQLException ex) {
			if (this.pool.closed()) {
				throw (SQLException) new PoolClosedException(this.pool.alias()).initCause(ex);
			}
			throw ex;
		}
	}

	/**
	 * The pool tells of what it met with last. That a connection was found closed is no
	 * reason why there is no other, and would be taken for a mere consequence.
	 */
	private SQLException reason(SQLException timeout) {
		Classification classification = SqlExceptionChain.classify(timeout, this.dialect.known()::classify);
		boolean consequence = classification != null && classification.kind().isConsequence();
		return consequence ? new SQLTransientConnectionException(timeout.getMessage(), timeout) : timeout;
	}

	private Connection recorded(Connection connection, @Nullable AttemptLedger ledger, long now) throws SQLException {
		try {
			this.dialect.learnFrom(connection);
			this.version.learnFrom(connection);
			RecordedConnection recorded = new RecordedConnection(this.pool, connection,
					this.target.autoCommit(connection), (ledger != null) ? ledger.operation() : null, now);
			if (this.leaks.notes(ledger != null)) {
				recorded.noteTaken();
			}
			if (ledger != null) {
				recorded.limitOthers();
			}
			this.holders.add(recorded);
			Watchdog.shared().wake();
			return recorded;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/** The time was over before: that says nothing of the pool. */
	private SQLException tooLate(long start, AttemptLedger ledger) {
		SQLException exception = explanation(start).tooLate();
		ledger.failed(new Trouble.Incident(this.pool, null, Phase.ACQUIRING, exception, true, false));
		return exception;
	}

	private SQLException failed(SQLException exception, long start, @Nullable AttemptLedger ledger) {
		long now = System.nanoTime();
		long waited = now - start;
		count(exception, now, waited);
		if (ledger != null) {
			boolean byDeadline = ledger.deadline() != AttemptLedger.NO_DEADLINE && ledger.deadline() - now <= 0;
			ledger.failed(new Trouble.Incident(this.pool, null, Phase.ACQUIRING, exception, byDeadline, true));
		}
		return exception;
	}

	private void count(SQLException exception, long now, long waited) {
		if (exception.getCause() instanceof InterruptedException) {
			// Who gives up tells nothing of the pool.
			return;
		}
		boolean exhausted = exception instanceof AcquisitionTimeoutException timeout && timeout.exhausted();
		if (exhausted) {
			this.statistics.timedOut(now, waited);
		}
		else {
			this.statistics.failed(now, waited);
		}
		if (exhausted && refused(exception)) {
			this.statistics.countRefusal();
		}
		if (exception instanceof PoolDeadlockException || (exhausted && this.gate.holds(Thread.currentThread()))) {
			this.statistics.countNestedFailure();
		}
	}

	/** Whether the server has no connection to spare. */
	private boolean refused(SQLException exception) {
		return SqlExceptionChain.of(exception).stream().anyMatch(this.dialect.known()::tooManyConnections);
	}

	private Explanation explanation(long start) {
		return new Explanation(this.pool.alias(), System.nanoTime() - start, status(), this.activity.holders());
	}

	/**
	 * A connection has been given back.
	 */
	void released(RecordedConnection connection) {
		if (connection.unseat()) {
			this.gate.leave();
			long held = connection.reported() ? 0 : connection.heldNanos(System.nanoTime());
			this.statistics.released(held, connection.transaction().writes().use());
		}
	}

	/**
	 * Someone who gets hold of the pool's own connection may close it beneath ours.
	 */
	private void releaseGone() {
		List<RecordedConnection> gone = new ArrayList<>(0);
		this.holders.forEach((holding) -> {
			if (holding.goneBeneath()) {
				gone.add((RecordedConnection) holding);
			}
		});
		gone.forEach(this::released);
	}

	void discard(RecordedConnection connection) {
		this.target.discard(connection.target());
	}

	/**
	 * Has the pool open another connection in place of one whose session is not as it was
	 * found.
	 * @return whether it does
	 */
	boolean replace(RecordedConnection connection) {
		String url = this.target.url();
		boolean wholeDatabase = url != null && this.dialect.get().privateToConnection(url);
		if (wholeDatabase || !this.target.replace(connection.target())) {
			return false;
		}
		if (this.replaced.compareAndSet(false, true)) {
			logger.info(
					"""
							Database '{}': a statement of '{}' has changed its session, which nobody else is to find like that: \
							its connection is closed. Where this happens often, change it for the transaction only (SET LOCAL), \
							or when connections are opened. This is said once.""",
					this.pool.alias(), connection.operation());
		}
		return true;
	}

	boolean resetsConnections() {
		return this.target.resetsConnections();
	}

	PoolStatus status() {
		return this.target.status(this.holders.count(), this.gate.waiting(), this.ending.begun());
	}

	/** Whoever waits may get on. */
	void resized() {
		this.gate.admitAll();
	}

	LeakWatch leaks() {
		return this.leaks;
	}

	/** Who holds connections, and what runs on them. */
	PoolActivity activity() {
		return this.activity;
	}

	Ending ending() {
		return this.ending;
	}

	/**
	 * Where connections come from.
	 */
	@FunctionalInterface
	private interface Source {

		Connection connect(long waitNanos) throws SQLException;

	}

}
