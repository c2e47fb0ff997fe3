package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.Work;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.DatabaseConfig;
import io.dbop.replica.ReplicatedDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where statements are run: an engine and its data source, or one connection of it.
 * Thread-safe.
 */
final class StatementTarget {

	private final DatabaseEngine engine;

	private final JdbcTemplate template;

	private final boolean pinned;

	private final boolean replicated;

	private final BooleanSupplier inTransaction;

	/** On the single connection. */
	private final AtomicInteger streams = new AtomicInteger();

	private final StatementPlans plans;

	/**
	 * Creates the target.
	 * @param dataSource where connections are got, looked up in the transaction of the
	 * thread first
	 */
	StatementTarget(DatabaseEngine engine, DataSource dataSource) {
		this(engine, dataSource, false, () -> false);
	}

	/**
	 * Creates the target on a single connection, on which nothing can be repeated.
	 * @param inTransaction whether a transaction is under way on it
	 */
	StatementTarget(DatabaseEngine engine, Connection connection, BooleanSupplier inTransaction) {
		this(engine, new PinnedDataSource(connection), true, inTransaction);
	}

	private StatementTarget(DatabaseEngine engine, DataSource dataSource, boolean pinned,
			BooleanSupplier inTransaction) {
		this.inTransaction = inTransaction;
		this.engine = engine;
		this.plans = new StatementPlans(engine);
		this.template = template(dataSource);
		this.pinned = pinned;
		this.replicated = ReplicatedDataSource.is(dataSource);
	}

	String alias() {
		return this.engine.alias();
	}

	ConnectionPool pool() {
		return this.engine.pool();
	}

	JdbcTemplate template() {
		return this.template;
	}

	/** One that fails as this target does, on another data source. */
	JdbcTemplate template(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setExceptionTranslator(new DialectExceptionTranslator(() -> this.engine.pool().dialect()));
		return template;
	}

	/** Spring's exception for a failure of the driver. */
	DataAccessException translate(String task, SQLException failure) {
		DataAccessException translated = this.template.getExceptionTranslator().translate(task, null, failure);
		return (translated != null) ? translated : new UncategorizedSQLException(task, null, failure);
	}

	DataSource dataSource() {
		return Objects.requireNonNull(this.template.getDataSource());
	}

	/** Whether a stream needs a transaction, and there is none here. */
	boolean streamsApart(StatementRequest request) {
		if (request.form() != StatementForm.STREAM) {
			return false;
		}
		boolean needsTransaction = this.engine.hooksNeedTransaction()
				|| (request.options().fetchSize() > 0 && request.dialect().streamsInTransactions());
		return needsTransaction && !(this.pinned ? inTransaction() : this.engine.withinTransaction());
	}

	/**
	 * Does work after having had the hooks called on the single connection. For its
	 * transaction they are when it begins, and a stream has them called itself.
	 */
	@Nullable Object prepared(StatementRequest request, Supplier<@Nullable Object> work) {
		if (!this.pinned || inTransaction() || withinStream() || streamsApart(request)) {
			return work.get();
		}
		DataSource single = dataSource();
		try {
			if (!this.engine.hooksNeedTransaction() || !single.getConnection().getAutoCommit()) {
				prepare(single);
				return work.get();
			}
			return OwnTransaction.within(single.getConnection(), (transaction) -> {
				if (prepare(single)) {
					transaction.setRollbackOnly();
				}
				return work.get();
			});
		}
		catch (SQLException ex) {
			throw translate("The transaction of a statement", ex);
		}
	}

	/**
	 * Has the hooks called on a single connection.
	 * @return whether one wants what follows to be rolled back
	 */
	boolean prepare(DataSource single) {
		try {
			return ExecutionPlan.prepareAttempt(single);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (SQLException ex) {
			throw translate("A hook before the statement", ex);
		}
		catch (Exception ex) {
			throw failedHook(ex);
		}
	}

	/** Whether a connection that is declared read-only may lead to a replica. */
	boolean replicated() {
		return this.replicated;
	}

	/** Whether somebody has begun a transaction on the single connection. */
	boolean inTransaction() {
		return this.inTransaction.getAsBoolean();
	}

	/** Whether a connection commits each statement, were it not for a stream. */
	boolean commitsEach(Connection connection) throws SQLException {
		return connection.getAutoCommit() || withinStream();
	}

	/** A stream has begun for which the connection does not commit each statement. */
	void streamBegun() {
		if (this.pinned) {
			this.streams.incrementAndGet();
		}
	}

	/**
	 * Whether no other needs the connection as it is, nor a transaction begun meanwhile.
	 */
	boolean lastStreamEnded() {
		return !this.pinned || (this.streams.decrementAndGet() == 0 && !inTransaction());
	}

	/** Whether what is done on the single connection now is part of a stream. */
	boolean withinStream() {
		return this.streams.get() > 0 && !inTransaction();
	}

	/** Whether the connection is a single one, which commits each statement. */
	boolean pinned() {
		return this.pinned;
	}

	/** Whether somebody commits what is done here. */
	boolean withinTransaction() {
		return this.pinned ? inTransaction() : inTransactionOfCaller();
	}

	/** How long statements may run here, {@code null} if that is not known. */
	@Nullable Duration usualTimeout() {
		DatabaseConfig config = pool().config();
		return (config != null) ? config.queryExecutionTimeout() : null;
	}

	/**
	 * Runs a statement.
	 * @param work gives nothing that is still to be computed
	 */
	@SuppressWarnings({ "unchecked", "NullAway" })
	<R extends @Nullable Object> R run(StatementRequest request, Work work) {
		try {
			return (R) this.plans.get(request).run(work);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (SQLException ex) {
			throw translate("A hook before the statement", ex);
		}
		catch (Throwable ex) {
			throw failedHook(ex);
		}
	}

	/** Statements throw unchecked exceptions only. */
	private IllegalStateException failedHook(Throwable failure) {
		return new IllegalStateException(
				"A hook has failed on database '%s': its statement was not run".formatted(alias()), failure);
	}

	/** In one of another database there may be a connection too. */
	boolean inTransactionOfCaller() {
		return TransactionSynchronizationManager.hasResource(this.engine.dataSource()) && this.engine.inTransaction();
	}

}
