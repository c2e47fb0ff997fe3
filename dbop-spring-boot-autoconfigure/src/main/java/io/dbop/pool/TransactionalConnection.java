package io.dbop.pool;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

import io.dbop.dialect.TransactionBoundaries;
import io.dbop.failure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * The half of a recorded connection that knows of transactions.
 */
abstract class TransactionalConnection extends SettledConnection {

	private final ConnectionPool pool;

	private final Connection target;

	private final TransactionRecord transaction;

	/** What its user believes. */
	private boolean readOnly;

	/** Whether the driver believes so, too. */
	private boolean modeAgreed;

	private boolean declaredReadOnly;

	/** Whether autocommit and transactions are the driver's own from now on. */
	private boolean left;

	TransactionalConnection(ConnectionPool pool, Connection target, boolean autoCommit, @Nullable String operation,
			long since) {
		super(pool, target, operation, since);
		this.pool = pool;
		this.target = target;
		this.transaction = new TransactionRecord(pool, autoCommit);
		this.readOnly = pool.handsOutReadOnly();
		this.declaredReadOnly = pool.readOnly();
	}

	final TransactionRecord transaction() {
		return this.transaction;
	}

	/**
	 * Something is about to be sent.
	 * @param statement the driver's statement, or {@code null} for a commit
	 * @throws SQLException if nothing may be sent any more
	 */
	abstract void begin(@Nullable Statement statement) throws SQLException;

	/**
	 * Something that sets up or cleans up is about to be sent: whatever the time.
	 */
	abstract void beginCleanup();

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
		if (autoCommit && this.transaction.open()) {
			this.transaction.standing().noticeAbort(connection);
		}
		if (autoCommit && this.transaction.standing().mustNotEndInCommit()) {
			rollback();
		}
		if (autoCommit && this.transaction.open()) {
			commitBySwitching(connection);
		}
		else {
			switchTo(connection, autoCommit);
		}
	}

	private void switchTo(Connection connection, boolean autoCommit) throws SQLException {
		try {
			FoundSettings settings = settings();
			if (settings != null) {
				settings.autoCommit(this.transaction.autoCommit());
			}
			inTime(() -> boundaries().autoCommit(connection, autoCommit));
			this.transaction.autoCommit(autoCommit);
		}
		catch (SQLException ex) {
			throw failed(Phase.BEGINNING, ex);
		}
	}

	/**
	 * Something is about to be done, for which a transaction begins, where it is the
	 * first: one that may write, but where the pool was there before us and no operation
	 * of ours runs. There everything stays as it was.
	 */
	final void executing() throws SQLException {
		this.transaction.standing().requireStanding();
		agreeOnMode();
		beginTransaction();
	}

	/** A driver may have the server prepare a statement, which a mode may refuse. */
	@Override
	public final Connection preparing() throws SQLException {
		Connection connection = delegate();
		agreeOnMode();
		return connection;
	}

	private void agreeOnMode() throws SQLException {
		TransactionBoundaries boundaries = this.modeAgreed ? TransactionBoundaries.JDBC : boundaries();
		if (boundaries == TransactionBoundaries.JDBC) {
			return;
		}
		if (boundaries.defersReadOnly(this.target)) {
			try {
				// Past the pool, which would switch it back.
				inTime(() -> switchMode(boundaries, this.target.unwrap(Connection.class)));
			}
			catch (SQLException ex) {
				SQLException failure = failed(Phase.BEGINNING, ex);
				this.transaction.begunInVain(ex);
				throw failure;
			}
		}
		this.modeAgreed = true;
	}

	/**
	 * To be read-only is for many no more than a hint: who makes it so may not mind if it
	 * cannot be.
	 */
	private void switchMode(TransactionBoundaries boundaries, Connection connection) throws SQLException {
		try {
			boundaries.agreeOnReadOnly(connection, this.readOnly);
		}
		catch (SQLException ex) {
			if (!this.readOnly || !this.transaction.standing().declined(ex)) {
				throw ex;
			}
			this.pool.refusedReadOnly(ex);
		}
	}

	/** A statement is about to change its session, perhaps to another mode. */
	final void changingSession() throws SQLException {
		if (defers()) {
			leaveToDriver();
		}
	}

	/** Somebody is about to see the driver's connection, who may do anything. */
	final void exposing() throws SQLException {
		leaveToDriver();
		beginTransaction();
		this.transaction.exposed();
	}

	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		DatabaseMetaData metaData = delegate().getMetaData();
		return defers() ? Catalogue.of(this, metaData) : metaData;
	}

	/**
	 * The driver's connection, from which something may be sent past us: what asks for
	 * the parameters of a procedure, or rows through which others are changed.
	 */
	@Override
	public final Connection asking() throws SQLException {
		Connection connection = delegate();
		changingSession();
		return connection;
	}

	/** A statement may begin or end a transaction by its text. */
	final void beforeText(String sql) throws SQLException {
		if (defers() && this.pool.dialect().syntax().mayCommit(sql)) {
			leaveToDriver();
		}
	}

	/** Whether autocommit may be other than it is said to be. */
	private boolean defers() {
		TransactionBoundaries boundaries = boundaries();
		return boundaries != boundaries.shared();
	}

	/**
	 * Until the connection is given back it is as JDBC has it, its pool included: who
	 * cannot be seen finds autocommit as it is said to be.
	 */
	private void leaveToDriver() throws SQLException {
		if (boundaries() == TransactionBoundaries.JDBC) {
			return;
		}
		try {
			inTime(this::agree);
		}
		catch (SQLException ex) {
			throw failed(Phase.BEGINNING, ex);
		}
		this.left = true;
	}

	/** Not where all agree: it may fail while rows are being read. */
	private void agree() throws SQLException {
		if (defersReadOnly()) {
			switchMode(boundaries(), this.target);
		}
		boolean autoCommit = this.transaction.autoCommit();
		if (!autoCommit || !this.target.unwrap(Connection.class).getAutoCommit()) {
			this.target.setAutoCommit(autoCommit);
		}
	}

	private void beginTransaction() throws SQLException {
		if (!this.transaction.executing() || !watched()) {
			return;
		}
		TransactionBoundaries boundaries = this.left ? this.pool.transactions().shared() : this.pool.transactions();
		if (boundaries == TransactionBoundaries.JDBC) {
			return;
		}
		try {
			inTime(() -> beginBy(boundaries));
		}
		catch (SQLException ex) {
			SQLException failure = failed(Phase.BEGINNING, ex);
			this.transaction.begunInVain(ex);
			throw failure;
		}
	}

	private void beginBy(TransactionBoundaries boundaries) throws SQLException {
		if (this.transaction.autoCommit()) {
			boundaries.beginEach(this.target);
		}
		else {
			boundaries.begin(this.target, !this.readOnly);
		}
	}

	/**
	 * Where the pool was there before us, it sees what it saw before.
	 */
	final TransactionBoundaries boundaries() {
		return (!this.left && this.pool.watches(null)) ? this.pool.transactions() : TransactionBoundaries.JDBC;
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		Connection connection = delegate();
		if (defersReadOnly()) {
			return this.readOnly;
		}
		return (this.readOnly && !switchesReadOnly()) || connection.isReadOnly();
	}

	private boolean defersReadOnly() throws SQLException {
		return this.pool.takesReadOnly() && boundaries().defersReadOnly(this.target);
	}

	private boolean switchesReadOnly() {
		return this.pool.dialect().switchesReadOnly();
	}

	/** Whether it was made read-only since it was borrowed, or always is. */
	final boolean declaredReadOnly() {
		return this.declaredReadOnly;
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		Connection connection = delegate();
		if (!this.transaction.open() && defersReadOnly()) {
			this.modeAgreed = false;
		}
		else if (switchesReadOnly()) {
			switchReadOnly(connection, readOnly);
		}
		this.readOnly = readOnly;
		this.declaredReadOnly = readOnly;
	}

	private void switchReadOnly(Connection connection, boolean readOnly) throws SQLException {
		try {
			FoundSettings settings = settings();
			if (settings != null) {
				settings.readOnlyOf(connection);
			}
			inTime(() -> connection.setReadOnly(readOnly));
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
			inTime(() -> connection.setTransactionIsolation(level));
		}
		catch (SQLException ex) {
			throw failed(phaseOfSetting(), ex);
		}
	}

	private Phase phaseOfSetting() {
		return this.transaction.open() ? Phase.EXECUTING : Phase.BEGINNING;
	}

	@Override
	public void commit() throws SQLException {
		Connection connection = delegate();
		if (this.transaction.autoCommit()) {
			beginTransaction();
			connection.commit();
			return;
		}
		if (this.transaction.open()) {
			this.transaction.standing().noticeAbort(connection);
		}
		this.transaction.standing().requireCommittable();
		if (this.transaction.open()) {
			begin(null);
		}
		this.transaction.committing();
		try {
			boundaries().commit(connection);
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
			boundaries().commitBySwitching(connection);
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
		TransactionBoundaries boundaries = this.transaction.autoCommit() ? TransactionBoundaries.JDBC : boundaries();
		try {
			inTime(() -> boundaries.rollback(connection));
		}
		catch (SQLException ex) {
			if (!this.transaction.standing().goneWith(ex, connection)) {
				throw this.transaction.standing().rollbackFailed(ex);
			}
			this.transaction.endedWithConnection();
			return;
		}
		this.transaction.ended();
	}

	/**
	 * What was done before the pool was told of the transaction, or past it, is not known
	 * to it: it would commit that by the way.
	 */
	final void leaveNothingOpen() throws SQLException {
		boolean unseen = this.left && !this.transaction.autoCommit();
		boolean past = this.transaction.maybeOpen() && !this.transaction.open();
		if (unseen || past || (this.transaction.open() && defers())) {
			boundaries().rollback(this.target);
			this.transaction.ended();
		}
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		Connection connection = delegate();
		inTime(() -> connection.rollback(savepoint));
		this.transaction.standing().rolledBackToSavepoint();
	}

	@Override
	public Savepoint setSavepoint() throws SQLException {
		Connection connection = delegate();
		executing();
		this.transaction.starting();
		beginCleanup();
		try {
			return connection.setSavepoint();
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public Savepoint setSavepoint(String name) throws SQLException {
		Connection connection = delegate();
		executing();
		this.transaction.starting();
		beginCleanup();
		try {
			return connection.setSavepoint(name);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
		finally {
			end();
		}
	}

	@Override
	public void releaseSavepoint(Savepoint savepoint) throws SQLException {
		Connection connection = delegate();
		try {
			inTime(() -> connection.releaseSavepoint(savepoint));
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private void inTime(Step step) throws SQLException {
		beginCleanup();
		try {
			step.take();
		}
		finally {
			end();
		}
	}

	/** Something to be done on the connection. */
	@FunctionalInterface
	private interface Step {

		void take() throws SQLException;

	}

}
