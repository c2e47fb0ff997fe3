package io.dbop.pool;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
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

	RecordedStatement(RecordedConnection connection, S target) {
		this.connection = connection;
		this.target = target;
	}

	@Override
	public final S delegate() throws SQLException {
		this.connection.requireOpen();
		return this.target;
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
		if (this.connection.struck() && readsOnly(sql)) {
			throw new SQLTimeoutException(
					"A query on database '%s' was cancelled while it ran: what it gave is not used."
						.formatted(this.connection.pool().alias()),
					"HYT00");
		}
		this.connection.transaction().executed(this, sql);
	}

	@Override
	public final SQLException failed(String sql, SQLException exception) {
		boolean commits = this.connection.transaction().autoCommit() && !readsOnly(sql);
		if (commits && mayHaveLandedInPart(sql, exception)) {
			wrote();
		}
		return this.connection.failed(commits ? Phase.AUTOCOMMIT : Phase.EXECUTING, exception);
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
		long begun = begin(batchSql());
		Throwable failure = null;
		try {
			R counts = batch.of(statement);
			wrote();
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

	private void wrote() {
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null) {
			this.connection.transaction().wrote(ledger);
		}
	}

	/** Where each statement commits by itself, those before the failure stand. */
	private SQLException batchFailed(SQLException thrown) {
		SQLException exception = unmasked(thrown);
		TransactionRecord transaction = this.connection.transaction();
		if (transaction.autoCommit() && mayHaveLanded(exception)) {
			wrote();
		}
		return this.connection.failed(transaction.autoCommit() ? Phase.AUTOCOMMIT : Phase.EXECUTING, exception);
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
	public final void close() throws SQLException {
		this.target.close();
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
		this.connection.transaction().exposed();
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
