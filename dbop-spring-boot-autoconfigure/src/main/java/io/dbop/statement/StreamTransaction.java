package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction of a stream that needs one where its caller has none: it lasts as long
 * as the stream, on a connection besides that of the caller's scope, whose other
 * statements would be in it. Used by one thread.
 */
final class StreamTransaction {

	private static final String ABORTED = "25P02";

	private final StatementTarget target;

	/** Not the one that connections are kept by for the thread. */
	private final DataSource dataSource;

	private final Connection connection;

	private boolean begun;

	private boolean rollbackOnly;

	private StreamTransaction(StatementTarget target) {
		this.target = target;
		this.dataSource = target.pinned() ? target.dataSource() : new DelegatingDataSource(target.dataSource());
		this.connection = DataSourceUtils.getConnection(this.dataSource);
	}

	/**
	 * Opens a stream whose end ends the transaction.
	 * @param open executes the statement
	 */
	static <T> Stream<T> within(StatementRequest request, Function<JdbcTemplate, Stream<T>> open) {
		boolean inScope = !request.target().pinned() && TransactionSynchronizationManager.isSynchronizationActive();
		return inScope ? outsideOfScope(() -> begun(request, open)) : begun(request, open);
	}

	/** Within it the connection would be that of the scope, or be kept until its end. */
	private static <R> R outsideOfScope(Supplier<R> work) {
		List<TransactionSynchronization> scope = TransactionSynchronizationManager.getSynchronizations();
		TransactionSynchronizationManager.clearSynchronization();
		try {
			return work.get();
		}
		finally {
			TransactionSynchronizationManager.initSynchronization();
			scope.forEach(TransactionSynchronizationManager::registerSynchronization);
		}
	}

	private static <T> Stream<T> begun(StatementRequest request, Function<JdbcTemplate, Stream<T>> open) {
		StatementTarget target = request.target();
		StreamTransaction transaction = new StreamTransaction(target);
		try {
			transaction.begin(request.mayLag());
			PinnedDataSource pinned = new PinnedDataSource(transaction.connection);
			transaction.rollbackOnly = target.prepare(pinned);
			return open.apply(target.template(pinned)).onClose(transaction::end);
		}
		catch (RuntimeException | Error ex) {
			transaction.rollbackOnly = true;
			transaction.endAfter(ex);
			throw ex;
		}
	}

	private void begin(boolean mayLag) {
		try {
			if (mayLag) {
				this.connection.setReadOnly(true);
			}
			if (this.target.commitsEach(this.connection)) {
				this.connection.setAutoCommit(false);
				this.begun = true;
				this.target.streamBegun();
			}
		}
		catch (SQLException ex) {
			throw this.target.translate("The beginning of a stream", ex);
		}
	}

	private void endAfter(Throwable failure) {
		try {
			end();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Commits what the statement has done, as it would be without a stream, and whoever
	 * has the connection longer finds it as it was.
	 */
	private void end() {
		try {
			if (this.begun && this.target.lastStreamEnded() && !this.connection.isClosed()) {
				leave();
			}
		}
		catch (SQLException ex) {
			throw this.target.translate("The end of a stream", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(this.connection, this.dataSource);
		}
	}

	/**
	 * A commit may be refused: a transaction that reads may do so because of others. That
	 * a failure has aborted it was told to who read the rows.
	 */
	private void leave() throws SQLException {
		if (this.rollbackOnly) {
			this.connection.rollback();
		}
		try {
			this.connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			try {
				this.connection.rollback();
				this.connection.setAutoCommit(true);
			}
			catch (SQLException again) {
				ex.addSuppressed(again);
				this.connection.abort(Runnable::run);
				throw ex;
			}
			if (!ABORTED.equals(ex.getSQLState())) {
				throw ex;
			}
		}
	}

}
