package io.dbop.pool;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.StatementLimits;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
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

	/** The time of a statement is over, in the words of ODBC. */
	static final String TIMEOUT_STATE = "HYT00";

	private static final StatementLimits ANY = new StatementLimits(Duration.ofDays(1), null);

	private @Nullable DeadlineGuard guard;

	private volatile int closed;

	/** Whether a statement has changed the session for longer than its transaction. */
	private boolean sessionChanged;

	/** Whether the driver may cancel a statement. */
	private boolean limitsItself;

	/** Puts back the limit that JDBC's query timeout has replaced. */
	private @Nullable SessionLimits queryTimeout;

	RecordedConnection(ConnectionPool pool, Connection target, boolean autoCommit, @Nullable String operation,
			long since) {
		super(pool, target, autoCommit, operation, since);
	}

	/** What is known of the transaction on a connection, if it is one of ours. */
	static @Nullable TransactionRecord transactionOn(Connection connection) {
		return (connection instanceof RecordedConnection recorded) ? recorded.transaction() : null;
	}

	/**
	 * The same where others stand in front of it, which may connect to be able to tell.
	 */
	static @Nullable TransactionRecord transactionBehind(Connection connection) {
		try {
			return connection.isWrapperFor(RecordedConnection.class)
					? connection.unwrap(RecordedConnection.class).transaction() : null;
		}
		catch (SQLException ex) {
			return null;
		}
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
		boolean guarded = this.guard != null || (ledger != null && ledger.limited())
				|| pool().statementLimitNanos() != DeadlineGuard.UNLIMITED;
		if (statement != null && transaction().starting() && (guarded || this.limitsItself)) {
			beginAlone(guarded, ledger);
		}
		if (guarded) {
			guard(statement, ledger);
		}
	}

	/**
	 * What may cancel a statement must not find its BEGIN under way. Where no operation
	 * runs, adopted connections behave as they did.
	 */
	private void beginAlone(boolean guarded, @Nullable AttemptLedger ledger) throws SQLException {
		String sql = pool().dialect().beginningSql();
		if (sql == null || !pool().watches(ledger)) {
			return;
		}
		transaction().begunAlone(false);
		if (guarded) {
			guard(null, ledger);
		}
		try (Statement statement = target().createStatement()) {
			statement.execute(sql);
			transaction().begunAlone(true);
		}
		catch (SQLException ex) {
			throw failed(Phase.BEGINNING, ex);
		}
		finally {
			end();
		}
	}

	private void guard(@Nullable Statement statement, @Nullable AttemptLedger ledger) throws SQLException {
		try {
			boolean ownTime = ledger != null && ledger.limitsStatements();
			guard().begin(statement, ledger, ownTime ? DeadlineGuard.UNLIMITED : pool().statementLimitNanos());
		}
		catch (SQLException ex) {
			transaction().refused(ex);
			throw ex;
		}
	}

	@Override
	void beginCleanup() {
		if (this.closed != 0) {
			// There is nothing to clean up, and nobody would take the guard back.
			return;
		}
		AttemptLedger ledger = AttemptLedger.current();
		if (this.guard != null || (ledger != null && ledger.limited())) {
			guard().beginCleanup(ledger);
		}
	}

	/** Whatever is sent from now on has no more time than the ledger allows. */
	void limitOthers() {
		AttemptLedger ledger = AttemptLedger.current();
		if (this.guard != null || (ledger != null && ledger.limited())) {
			guard().limitOthers(ledger);
		}
	}

	private DeadlineGuard guard() {
		DeadlineGuard present = this.guard;
		if (present == null) {
			present = new DeadlineGuard(pool().alias(), target(), pool().dialect(), Watchdog.shared());
			this.guard = present;
		}
		return present;
	}

	/** Whether what is done now has a deadline. */
	boolean limited() {
		AttemptLedger ledger = AttemptLedger.current();
		return ledger != null && ledger.limited();
	}

	/**
	 * Somebody sets a limit for a statement, by which the driver may cancel it, and which
	 * may stay on the session.
	 */
	void beforeQueryTimeout() throws SQLException {
		this.limitsItself = true;
		if (this.queryTimeout == null && pool().dialect().keepsQueryTimeout()) {
			this.queryTimeout = pool().dialect().limitSession(target(), ANY);
		}
	}

	/**
	 * What the caller's own SQL sets nobody can put back without asking for it before.
	 */
	void beforeExecuting(String sql) throws SQLException {
		if (!this.sessionChanged && pool().dialect().changesSession(sql) && watched()) {
			this.sessionChanged = true;
			changingSession();
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
		end();
		DeadlineGuard.Reason ended = (this.guard != null) ? this.guard.takeReason() : null;
		SQLException failure = (ended == DeadlineGuard.Reason.LIMIT) ? tookTooLong(exception) : exception;
		transaction().standing().failed(phase, failure, ended, target());
		return failure;
	}

	/**
	 * The codes are those of the database, which confirms that it has ended; but that it
	 * was interrupted from outside, was by this limit.
	 */
	private SQLException tookTooLong(SQLException confirmation) {
		Classification meaning = pool().dialect().classify(confirmation);
		boolean interrupted = meaning != null && meaning.kind() == FailureKind.CANCELLED
				&& confirmation.getErrorCode() != 0;
		return new SQLTimeoutException(
				("A statement on database '%s' ran longer than its query-execution-timeout (%d ms) and was cancelled."
						+ " Make it quicker, or allow more time.")
					.formatted(pool().alias(), TimeUnit.NANOSECONDS.toMillis(pool().statementLimitNanos())),
				interrupted ? TIMEOUT_STATE : confirmation.getSQLState(), interrupted ? 0 : confirmation.getErrorCode(),
				confirmation);
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
		end(Connection::close);
	}

	/**
	 * Its holder has done with it, and its data source wants it to stay open.
	 */
	void leave() throws SQLException {
		end((target) -> {
		});
	}

	private void end(End end) throws SQLException {
		if (!CLOSED.compareAndSet(this, 0, 1)) {
			forgetGuard();
			return;
		}
		try {
			limitOthers();
			boolean kept = putBack();
			liftLimits();
			if (kept) {
				end.of(target());
			}
			else {
				endEvicted(end);
			}
		}
		finally {
			transaction().ended();
			pool().acquisition().released(this);
		}
	}

	/** HikariCP would reset what it has just closed, and finds no connection. */
	private void endEvicted(End end) throws SQLException {
		try {
			end.of(target());
		}
		catch (RuntimeException ex) {
			// It is closed all the same.
		}
	}

	/**
	 * Leaves everything as it was found.
	 * @return whether the pool keeps the connection
	 */
	private boolean putBack() {
		if (transaction().standing().broken()) {
			pool().acquisition().discard(this);
			return false;
		}
		if (this.sessionChanged && pool().acquisition().replace(this)) {
			return false;
		}
		FoundSettings found = found();
		SessionLimits limits = this.queryTimeout;
		try {
			if (limits != null) {
				limits.takeBack(false);
			}
			leaveNothingOpen();
			if (found != null) {
				found.putBack(target(), transaction(), boundaries());
			}
			return true;
		}
		catch (SQLException | RuntimeException ex) {
			pool().acquisition().discard(this);
			return false;
		}
	}

	/** A pool that resets its connections does so under the limit, which it lifts too. */
	private void liftLimits() {
		DeadlineGuard present = this.guard;
		if (present != null && pool().acquisition().resetsConnections()) {
			present.leave();
		}
		else if (present != null) {
			present.lift();
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

	/** Whatever has been closed or abandoned before is not looked after any more. */
	private void forgetGuard() {
		DeadlineGuard present = this.guard;
		if (present != null) {
			present.leave();
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
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		Connection connection = delegate();
		exposing();
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

	/** What becomes of the connection inside. */
	@FunctionalInterface
	private interface End {

		void of(Connection target) throws SQLException;

	}

}
