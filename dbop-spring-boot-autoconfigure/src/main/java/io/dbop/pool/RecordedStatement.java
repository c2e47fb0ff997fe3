package io.dbop.pool;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;

import io.dbop.dialect.Dialect;
import io.dbop.failure.Classification;
import io.dbop.failure.Phase;
import io.dbop.failure.Redo;
import org.jspecify.annotations.Nullable;

/**
 * A statement that tells the ledger of its thread what happens to it.
 *
 * @param <S> the kind of statement
 */
class RecordedStatement<S extends Statement> implements ExecutingStatement {

	private final RecordedConnection connection;

	private final S target;

	private boolean streams;

	private boolean batchMayCommit;

	RecordedStatement(RecordedConnection connection, S target) {
		this.connection = connection;
		this.target = target;
	}

	@Override
	public final S delegate() throws SQLException {
		this.connection.requireOpen();
		return this.target;
	}

	/** Something is about to be asked of the statement that is not recorded. */
	final void asking() throws SQLException {
		this.connection.asking();
	}

	@Override
	public final Connection getConnection() throws SQLException {
		this.connection.requireOpen();
		return this.connection;
	}

	@Override
	public final void setQueryTimeout(int seconds) throws SQLException {
		S statement = delegate();
		this.connection.beforeQueryTimeout();
		statement.setQueryTimeout(seconds);
	}

	/**
	 * Whether the statement certainly writes nothing, neither itself nor through the rows
	 * that it gives.
	 */
	boolean readsOnly(String sql) {
		return this.connection.pool().dialect().readsOnly(sql) && !givesUpdatableRows();
	}

	/**
	 * Whether the statement may have written, if only by a function that it calls. A
	 * transaction that was declared read-only is believed.
	 */
	final boolean mayWrite(String sql) {
		return !readsOnly(sql)
				|| (!this.connection.declaredReadOnly() && this.connection.pool().dialect().syntax().callsUnknown(sql));
	}

	/** Whether the statement may commit the transaction that it stands in. */
	boolean mayCommit(String sql) {
		return this.connection.pool().dialect().syntax().mayCommit(sql);
	}

	private boolean givesUpdatableRows() {
		try {
			return this.target.getResultSetConcurrency() == ResultSet.CONCUR_UPDATABLE;
		}
		catch (SQLException ex) {
			// The statement is closed, and has given what it gives.
			return false;
		}
	}

	@Override
	public final long begin(String sql) throws SQLException {
		this.connection.beforeText(sql);
		return beginSending(sql);
	}

	private long beginSending(String sql) throws SQLException {
		this.connection.beforeExecuting(sql);
		long begun = this.connection.pool().slowStatements().begun();
		if (begun != SlowStatements.UNTIMED) {
			this.connection.executes(sql, begun);
		}
		try {
			this.connection.begin(this.target);
		}
		catch (SQLException ex) {
			// A transaction may have waited for its beginning.
			timed(begun, sql, ex);
			throw ex;
		}
		return begun;
	}

	/** MySQL's SLEEP(), for one, gives a row when it is cancelled. */
	@Override
	public final void succeeded(String sql) throws SQLException {
		if (this.connection.struck()) {
			if (readsOnly(sql)) {
				throw new SQLTimeoutException(
						"A query on database '%s' was cancelled while it ran: what it gave is not used."
							.formatted(this.connection.pool().alias()),
						RecordedConnection.TIMEOUT_STATE);
			}
			requireConfirmed();
		}
		this.connection.transaction().executed(this, sql);
	}

	/**
	 * PostgreSQL, when it is cancelled while a commit waits for a replica, waits no
	 * longer and reports success, with a warning.
	 */
	private void requireConfirmed() throws SQLException {
		Dialect dialect = this.connection.pool().dialect();
		SQLWarning warning = this.connection.transaction().autoCommit() ? this.target.getWarnings() : null;
		for (; warning != null; warning = warning.getNextWarning()) {
			Classification meaning = dialect.classify(warning);
			if (meaning != null && meaning.outcomeUnknownIn(Phase.AUTOCOMMIT)) {
				throw new SQLException(
						"A write on database '%s' was cancelled while it was being committed: it may be lost with its server."
							.formatted(this.connection.pool().alias()),
						"40003", warning);
			}
		}
	}

	@Override
	public final SQLException failed(String sql, SQLException exception) {
		this.connection.transaction().writes().used(mayWrite(sql) ? Use.WRITES : Use.READS);
		this.connection.transaction().writes().committedBy(this, sql);
		boolean commits = standsAlone(exception) && !readsOnly(sql);
		if (commits && mayHaveLandedInPart(sql, exception)) {
			this.connection.transaction().writes().wrote();
		}
		return this.connection.failed(commits ? Phase.AUTOCOMMIT : Phase.EXECUTING, exception);
	}

	private boolean standsAlone(SQLException exception) {
		return this.connection.transaction().stoodAlone(exception, this.connection.target());
	}

	/**
	 * A procedure may have committed before it failed, and so may the first of several
	 * statements. Not if nothing was sent.
	 */
	private boolean mayHaveLandedInPart(String sql, SQLException exception) {
		Dialect dialect = this.connection.pool().dialect();
		Classification meaning = dialect.classify(exception);
		boolean answered = meaning == null || meaning.redo() != Redo.CONNECTION;
		return answered && !dialect.syntax().atomic(sql);
	}

	@Override
	public final void end() {
		this.connection.end();
	}

	@Override
	public final void timed(long begun, String sql, @Nullable Throwable failure) {
		if (begun != SlowStatements.UNTIMED) {
			long now = System.nanoTime();
			this.connection.executed(now);
			this.connection.pool().slowStatements().ended(begun, now, this.target, sql, failure);
		}
	}

	@Override
	public final void addBatch(String sql) throws SQLException {
		delegate().addBatch(sql);
		this.connection.beforeExecuting(sql);
		this.connection.beforeText(sql);
		this.batchMayCommit = this.batchMayCommit || mayCommit(sql);
	}

	/** Whether one of the statements of the batch may commit. */
	boolean batchMayCommit() {
		return this.batchMayCommit;
	}

	/** What stands for the statements of a batch. */
	String batchSql() {
		return "(a batch)";
	}

	@Override
	public final int[] executeBatch() throws SQLException {
		return tellBatch(delegate(), Statement::executeBatch);
	}

	@Override
	public final long[] executeLargeBatch() throws SQLException {
		return tellBatch(delegate(), Statement::executeLargeBatch);
	}

	private <R> R tellBatch(S statement, Batch<R> batch) throws SQLException {
		boolean mayCommit = batchMayCommit();
		if (mayCommit) {
			asking();
		}
		long begun = beginSending(batchSql());
		if (mayCommit) {
			this.connection.transaction().writes().mayHaveCommitted();
		}
		Throwable failure = null;
		try {
			R counts = batch.of(statement);
			this.connection.transaction().writes().wrote();
			return counts;
		}
		catch (SQLException ex) {
			failure = ex;
			throw batchFailed(ex);
		}
		catch (RuntimeException | Error ex) {
			failure = ex;
			throw ex;
		}
		finally {
			end();
			timed(begun, batchSql(), failure);
		}
	}

	/** Where each statement commits by itself, those before the failure stand. */
	private SQLException batchFailed(SQLException thrown) {
		SQLException exception = unmasked(thrown);
		boolean alone = standsAlone(exception);
		if (alone && mayHaveLanded(exception)) {
			this.connection.transaction().writes().wrote();
		}
		return this.connection.failed(alone ? Phase.AUTOCOMMIT : Phase.EXECUTING, exception);
	}

	/**
	 * MySQL's driver tidies up after a batch, which fails when the connection was lost,
	 * and that is all it throws then.
	 */
	private SQLException unmasked(SQLException exception) {
		try {
			if (this.connection.pool().dialect().classify(exception) == null && !this.connection.isValid(1)) {
				return new SQLException("The connection to database '%s' was lost during a batch"
					.formatted(this.connection.pool().alias()), "08006", exception);
			}
		}
		catch (SQLException ex) {
			exception.addSuppressed(ex);
		}
		return exception;
	}

	private static boolean mayHaveLanded(SQLException exception) {
		if (!(exception instanceof BatchUpdateException batch) || batch.getUpdateCounts() == null) {
			return true;
		}
		for (int count : batch.getUpdateCounts()) {
			if (count != Statement.EXECUTE_FAILED) {
				return true;
			}
		}
		return false;
	}

	@Override
	public final ResultSet rows(ResultSet rows) throws SQLException {
		if (this.target.getFetchSize() == 0 || !this.connection.limited()) {
			return rows;
		}
		this.streams = true;
		return TimedRows.of(this.connection, this.target, rows);
	}

	@Override
	@SuppressWarnings("NullAway") // as JDBC has it: null if there are none
	public final ResultSet getResultSet() throws SQLException {
		ResultSet rows = delegate().getResultSet();
		return (rows != null) ? rows(rows) : rows;
	}

	/** What is left of rows that are fetched little by little may be read first. */
	@Override
	public final void close() throws SQLException {
		if (!this.streams) {
			this.target.close();
			return;
		}
		this.connection.beginCleanup();
		try {
			this.target.close();
		}
		finally {
			this.connection.end();
		}
	}

	@Override
	public final boolean isClosed() throws SQLException {
		return this.target.isClosed();
	}

	@Override
	public final <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		this.connection.exposing();
		return type.isInstance(this.target) ? type.cast(this.target) : this.target.unwrap(type);
	}

	@Override
	public final boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || type.isInstance(this.target) || this.target.isWrapperFor(type);
	}

	@Override
	public String toString() {
		return this.target.toString();
	}

	/**
	 * A way to execute a batch.
	 *
	 * @param <R> the kind of result
	 */
	@FunctionalInterface
	private interface Batch<R> {

		R of(Statement statement) throws SQLException;

	}

}
