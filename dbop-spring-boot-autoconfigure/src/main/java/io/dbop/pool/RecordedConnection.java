package io.dbop.pool;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.StatementLimits;
import io.dbop.failure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A connection that tells the ledger of its thread what happens on it, and ends what runs
 * on it at the deadline of that ledger. Once closed it is of no more use, whatever the
 * pool does with the connection inside.
 */
final class RecordedConnection extends TransactionalConnection {

	private static final AtomicIntegerFieldUpdater<RecordedConnection> CLOSED = AtomicIntegerFieldUpdater
		.newUpdater(RecordedConnection.class, "closed");

	private static final StatementLimits ANY = new StatementLimits(Duration.ofDays(1), null);

	private @Nullable DeadlineGuard guard;

	private volatile int closed;

	/** Puts back the limit that JDBC's query timeout has replaced. */
	private @Nullable SessionLimits queryTimeout;

	RecordedConnection(ConnectionPool pool, Connection target, boolean autoCommit, @Nullable String operation,
			long since) {
		super(pool, target, autoCommit, operation, since);
	}

	@Override
	void requireOpen() throws SQLException {
		if (this.closed != 0) {
			throw new SQLException("This connection of database '%s' is closed".formatted(pool().alias()), "08003");
		}
	}

	@Override
	void begin(@Nullable Statement statement) throws SQLException {
		executing();
		AttemptLedger ledger = AttemptLedger.current();
		if (this.guard != null || (ledger != null && ledger.limited())
				|| pool().statementLimitNanos() != DeadlineGuard.UNLIMITED) {
			guard(statement, ledger);
		}
	}

	private void guard(@Nullable Statement statement, @Nullable AttemptLedger ledger) throws SQLException {
		DeadlineGuard present = this.guard;
		if (present == null) {
			present = new DeadlineGuard(pool().alias(), target(), Watchdog.shared());
			this.guard = present;
		}
		try {
			boolean ownTime = ledger != null && ledger.limitsStatements();
			present.begin(statement, ledger, ownTime ? DeadlineGuard.UNLIMITED : pool().statementLimitNanos());
		}
		catch (SQLException ex) {
			transaction().refused(ex);
			throw ex;
		}
	}

	/** Somebody sets a limit for a statement, which may stay on the session. */
	void beforeQueryTimeout() throws SQLException {
		if (this.queryTimeout == null && pool().dialect().keepsQueryTimeout()) {
			this.queryTimeout = pool().dialect().limitSession(target(), ANY);
		}
	}

	/** Whether what runs has been cancelled, for whatever reason. */
	boolean struck() {
		return this.guard != null && this.guard.struck();
	}

	@Override
	void end() {
		if (this.guard != null && !this.guard.end()) {
			pool().acquisition().discard(this);
		}
	}

	@Override
	SQLException failed(Phase phase, SQLException exception) {
		boolean byDeadline = this.guard != null && this.guard.struck(DeadlineGuard.Reason.DEADLINE);
		boolean byLimit = this.guard != null && this.guard.struck(DeadlineGuard.Reason.LIMIT);
		end();
		SQLException failure = byLimit ? tookTooLong(exception) : exception;
		transaction().failed(phase, failure, byDeadline, target());
		return failure;
	}

	/** The codes are those of the database, which confirms that it has ended. */
	private SQLException tookTooLong(SQLException confirmation) {
		return new SQLTimeoutException(
				("A statement on database '%s' ran longer than its query-execution-timeout (%d ms) and was cancelled."
						+ " Make it quicker, or allow more time.")
					.formatted(pool().alias(), TimeUnit.NANOSECONDS.toMillis(pool().statementLimitNanos())),
				confirmation.getSQLState(), confirmation.getErrorCode(), confirmation);
	}

	@Override
	public Statement recorded(Statement statement) {
		return new RecordedStatement<>(this, statement);
	}

	@Override
	public PreparedStatement recorded(PreparedStatement statement, String sql) {
		return new RecordedPreparedStatement<>(this, statement, sql);
	}

	@Override
	public CallableStatement recorded(CallableStatement statement, String sql) {
		return new RecordedCallableStatement(this, statement, sql);
	}

	@Override
	public void close() throws SQLException {
		if (!CLOSED.compareAndSet(this, 0, 1)) {
			return;
		}
		try {
			putBack();
			target().close();
		}
		finally {
			transaction().ended();
			pool().acquisition().released(this);
		}
	}

	private void putBack() {
		if (transaction().broken()) {
			pool().acquisition().discard(this);
			return;
		}
		if (this.guard != null) {
			this.guard.lift();
		}
		FoundSettings found = found();
		SessionLimits limits = this.queryTimeout;
		if (found != null || limits != null) {
			try {
				if (limits != null) {
					limits.takeBack(false);
				}
				if (found != null) {
					found.putBack(target(), transaction());
				}
			}
			catch (SQLException | RuntimeException ex) {
				pool().acquisition().discard(this);
			}
		}
	}

	@Override
	boolean goneBeneath() {
		try {
			return target().isClosed();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	@Override
	void abandon() {
		if (CLOSED.compareAndSet(this, 0, 1)) {
			pool().acquisition().discard(this);
			pool().acquisition().released(this);
		}
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.closed != 0 || target().isClosed();
	}

	@Override
	public boolean isValid(int timeout) throws SQLException {
		return this.closed == 0 && target().isValid(timeout);
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		if (this.closed == 0) {
			target().abort(executor);
		}
	}

	@Override
	public void setClientInfo(String name, String value) throws SQLClientInfoException {
		target().setClientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		target().setClientInfo(properties);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		Connection connection = delegate();
		transaction().exposed();
		return type.isInstance(connection) ? type.cast(connection) : connection.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || type.isInstance(target()) || delegate().isWrapperFor(type);
	}

	@Override
	public String toString() {
		return "Connection of '" + pool().alias() + "' [" + target() + "]";
	}

}
