package io.dbop.scaling;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a database server now and then how many connections it may have and has, beside
 * the pool and never on a thread that somebody waits for. Thread-safe.
 */
final class ServerQuestion {

	private static final Logger logger = LoggerFactory.getLogger(ServerQuestion.class);

	private static final int TIMEOUT_SECONDS = 2;

	/** How often, as long as all is well, and when connections are scarce. */
	private static final Duration USUALLY = Duration.ofMinutes(1);

	private static final Duration WHEN_SCARCE = Duration.ofSeconds(10);

	/** For how long an answer says something of now. */
	private static final Duration VALID = Duration.ofMinutes(5);

	/** Beyond the time of the query, lest it wait for ever for a network that is gone. */
	private static final Duration NETWORK = Duration.ofSeconds(5);

	private final ConnectionPool pool;

	private final Executor executor;

	private final AtomicBoolean asking = new AtomicBoolean();

	private volatile @Nullable Answer answer;

	/** When it was asked last, 0 if never. */
	private volatile long askedAt;

	ServerQuestion(ConnectionPool pool, Executor executor) {
		this.pool = pool;
		this.executor = executor;
	}

	/** What the server said last, {@code null} if it has not said anything. */
	@Nullable ServerConnections answer(long now) {
		Answer last = this.answer;
		boolean valid = last != null && now - last.at() < VALID.toNanos();
		return (last != null && valid) ? new ServerConnections(last.scope(), last.max(), last.inUse(),
				Duration.ofNanos(Math.max(0, now - last.at()))) : null;
	}

	/**
	 * Asks again if it is time to.
	 * @param scarce whether callers lack connections
	 */
	void askIfDue(long now, boolean scarce) {
		long period = (scarce ? WHEN_SCARCE : USUALLY).toNanos();
		boolean due = this.askedAt == 0 || now - this.askedAt >= period;
		boolean used = this.pool.knownVersion() != null;
		String sql = (due && used) ? this.pool.dialect().connectionLimitsSql() : null;
		if (sql != null && this.asking.compareAndSet(false, true)) {
			this.askedAt = now;
			submit(sql);
		}
	}

	private void submit(String sql) {
		try {
			this.executor.execute(() -> ask(sql));
		}
		catch (RejectedExecutionException ex) {
			// Nobody looks any more.
			this.asking.set(false);
		}
	}

	private void ask(String sql) {
		try (Connection connection = this.pool.connectApart(); Statement statement = connection.createStatement()) {
			Integer before = limit(connection);
			try {
				statement.setQueryTimeout(TIMEOUT_SECONDS);
				try (ResultSet limits = statement.executeQuery(sql)) {
					this.answer = tightest(limits);
				}
			}
			finally {
				leaveAsFound(connection, before);
			}
		}
		catch (SQLException | RuntimeException ex) {
			Answer last = this.answer;
			if (last != null && ex instanceof SQLException refusal && this.pool.dialect().tooManyConnections(refusal)) {
				// Not to let in who asks is an answer.
				this.answer = last.full();
			}
			logger.debug("Database '{}' does not tell how many connections it may have", this.pool.alias(), ex);
		}
		finally {
			this.asking.set(false);
		}
	}

	/**
	 * Limits the wait for the network.
	 * @return the limit that there was, {@code null} if the driver knows none
	 */
	private static @Nullable Integer limit(Connection connection) throws SQLException {
		try {
			int before = connection.getNetworkTimeout();
			connection.setNetworkTimeout(Runnable::run, (int) NETWORK.toMillis());
			return before;
		}
		catch (SQLFeatureNotSupportedException ex) {
			// The query has its time all the same.
			return null;
		}
	}

	/** There may be no way beside a pool of others, who get the connection after this. */
	private static void leaveAsFound(Connection connection, @Nullable Integer networkTimeout) throws SQLException {
		if (!connection.getAutoCommit()) {
			connection.rollback();
		}
		if (networkTimeout != null) {
			connection.setNetworkTimeout(Runnable::run, networkTimeout);
		}
	}

	/** Without the connection that asks. */
	private static @Nullable Answer tightest(ResultSet limits) throws SQLException {
		Answer tightest = null;
		while (limits.next()) {
			Answer each = new Answer(limits.getString(1), limits.getInt(2), Math.max(0, limits.getInt(3) - 1),
					System.nanoTime());
			if (tightest == null || each.room() < tightest.room()) {
				tightest = each;
			}
		}
		return tightest;
	}

	private record Answer(String scope, int max, int inUse, long at) {

		int room() {
			return this.max - this.inUse;
		}

		Answer full() {
			return new Answer(this.scope, this.max, this.max, System.nanoTime());
		}

	}

}
