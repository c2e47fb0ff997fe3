package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

import io.dbop.failure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * The half of a recorded connection that knows of transactions.
 */
abstract class TransactionalConnection extends Holding implements PreparingConnection {

	private final ConnectionPool pool;

	private final Connection target;

	private final TransactionRecord transaction;

	private @Nullable FoundSettings found;

	/** The flag, where the driver cannot have it. */
	private boolean readOnly;

	TransactionalConnection(ConnectionPool pool, Connection target, boolean autoCommit, @Nullable String operation,
			long since) {
		super(operation, since);
		this.pool = pool;
		this.target = target;
		this.transaction = new TransactionRecord(pool, autoCommit);
	}

	final ConnectionPool pool() {
		return this.pool;
	}

	final Connection target() {
		return this.target;
	}

	final TransactionRecord transaction() {
		return this.transaction;
	}

	/**
	 * The settings that this connection has to put back, if there are any.
	 */
	final @Nullable FoundSettings found() {
		return this.found;
	}

	@Override
	public final Connection delegate() throws SQLException {
		requireOpen();
		return this.target;
	}

	abstract void requireOpen() throws SQLException;

	/**
	 * Something is about to be sent.
	 * @param statement the driver's statement, or {@code null} for a commit
	 * @throws SQLException if nothing may be sent any more
	 */
	abstract void begin(@Nullable Statement statement) throws SQLException;

	/**
	 * What was sent has come back.
	 */
	abstract void end();

	/**
	 * Takes note of a failure.
	 * @return the exception, to be thrown
	 */
	abstract SQLException failed(Phase phase, SQLException exception);

	@Override
	public final SQLException failed(SQLException exception) {
		return failed(Phase.EXECUTING, exception);
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		requireOpen();
		return this.transaction.autoCommit();
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		Connection connection = delegate();
		if (autoCommit && this.transaction.mustNotEndInCommit()) {
			rollback();
		}
		if (autoCommit && this.transaction.open()) {
			commitBySwitching(connection);
			return;
		}
		try {
			FoundSettings settings = settings();
			if (settings != null) {
				settings.autoCommit(this.transaction.autoCommit());
			}
			connection.setAutoCommit(autoCommit);
			this.transaction.autoCommit(autoCommit);
		}
		catch (SQLException ex) {
			throw failed(Phase.BEGINNING, ex);
		}
	}

	/**
	 * Something is about to be done: a transaction that may write is made fit for it
	 * before. Not where the pool was there before us and no operation of ours runs: there
	 * everything stays as it was.
	 */
	final void executing() throws SQLException {
		this.transaction.requireStanding();
		if (this.transaction.executing() && !this.readOnly
				&& (this.pool.config() != null || AttemptLedger.current() != null)) {
			try {
				this.pool.dialect().beginWrite(this.target);
			}
			catch (SQLException ex) {
				throw failed(Phase.BEGINNING, ex);
			}
		}
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		return this.readOnly || delegate().isReadOnly();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		Connection connection = delegate();
		if (!this.pool.dialect().switchesReadOnly()) {
			this.readOnly = readOnly;
			return;
		}
		try {
			FoundSettings settings = settings();
			if (settings != null) {
				settings.readOnlyOf(connection);
			}
			connection.setReadOnly(readOnly);
		}
		catch (SQLException ex) {
			throw failed(phaseOfSetting(), ex);
		}
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		Connection connection = delegate();
		try {
			FoundSettings settings = settings();
			if (settings != null) {
				settings.isolationOf(connection);
			}
			connection.setTransactionIsolation(level);
		}
		catch (SQLException ex) {
			throw failed(phaseOfSetting(), ex);
		}
	}

	private Phase phaseOfSetting() {
		return this.transaction.open() ? Phase.EXECUTING : Phase.BEGINNING;
	}

	private @Nullable FoundSettings settings() {
		if (this.found == null && !this.pool.acquisition().resetsConnections()) {
			this.found = new FoundSettings();
		}
		return this.found;
	}

	@Override
	public void commit() throws SQLException {
		Connection connection = delegate();
		if (this.transaction.autoCommit()) {
			connection.commit();
			return;
		}
		this.transaction.requireCommittable();
		if (this.transaction.open()) {
			begin(null);
		}
		this.transaction.committing();
		try {
			connection.commit();
			this.transaction.committed();
		}
		catch (SQLException ex) {
			throw failed(Phase.COMMITTING, ex);
		}
		finally {
			end();
		}
	}

	private void commitBySwitching(Connection connection) throws SQLException {
		begin(null);
		this.transaction.committing();
		try {
			connection.setAutoCommit(true);
			this.transaction.committed();
			this.transaction.autoCommit(true);
		}
		catch (SQLException ex) {
			throw failed(Phase.COMMITTING, ex);
		}
		finally {
			end();
		}
	}

	/**
	 * A failure that only follows from another does not stand in for it.
	 */
	@Override
	public void rollback() throws SQLException {
		Connection connection = delegate();
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			if (!this.transaction.goneWith(ex)) {
				throw this.transaction.rollbackFailed(ex);
			}
		}
		this.transaction.ended();
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		delegate().rollback(savepoint);
		this.transaction.rolledBackToSavepoint();
	}

	@Override
	public Savepoint setSavepoint() throws SQLException {
		Connection connection = delegate();
		executing();
		try {
			return connection.setSavepoint();
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	@Override
	public Savepoint setSavepoint(String name) throws SQLException {
		Connection connection = delegate();
		executing();
		try {
			return connection.setSavepoint(name);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	@Override
	public void releaseSavepoint(Savepoint savepoint) throws SQLException {
		Connection connection = delegate();
		try {
			connection.releaseSavepoint(savepoint);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

}
