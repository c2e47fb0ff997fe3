package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.Scope;
import io.dbop.execution.Work;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.DatabaseConfig;
import io.dbop.replica.ReplicatedDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where statements are run: an engine and its data source, or one connection of it. Keeps
 * the plans, of which there are as many as kinds of runs. Thread-safe.
 */
final class StatementTarget {

	private static final int MAX_PLANS = 1000;

	private final DatabaseEngine engine;

	private final JdbcTemplate template;

	private final boolean pinned;

	private final boolean replicated;

	private final BooleanSupplier inTransaction;

	/** On the single connection. */
	private final AtomicInteger streams = new AtomicInteger();

	private final Map<PlanKey, ExecutionPlan> plans = new ConcurrentHashMap<>();

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

	private JdbcTemplate template(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setExceptionTranslator(new DialectExceptionTranslator(() -> this.engine.pool().dialect()));
		return template;
	}

	/** Spring's exception for a failure of the driver. */
	DataAccessException translate(String task, SQLException failure) {
		DataAccessException translated = this.template.getExceptionTranslator().translate(task, null, failure);
		return (translated != null) ? translated : new UncategorizedSQLException(task, null, failure);
	}

	/**
	 * Whether a stream, which needs a transaction, cannot use the connection that the
	 * caller keeps for others too, and that is in none: they would be in that of the
	 * stream.
	 */
	boolean streamsApart(Dialect dialect) {
		return !this.pinned && TransactionSynchronizationManager.isSynchronizationActive()
				&& dialect.streamsInTransactions() && !inTransactionOfCaller();
	}

	/** Takes connections besides those of the thread. */
	JdbcTemplate apart() {
		return template(new DelegatingDataSource(this.engine.dataSource()));
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
			return (R) plan(request).run(work);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Statements throw unchecked exceptions only", ex);
		}
	}

	private ExecutionPlan plan(StatementRequest request) {
		StatementOptions options = request.options();
		String name = options.operation();
		PlanKey key = new PlanKey((name != null) ? name : request.form().kind().operation(), request.readsOnly(),
				opensTransaction(request), options.idempotent(), options.limits().timeout(), options.maxRetries());
		ExecutionPlan known = this.plans.get(key);
		if (known != null) {
			return known;
		}
		ExecutionPlan made = make(key);
		if (this.plans.size() < MAX_PLANS) {
			this.plans.putIfAbsent(key, made);
		}
		return made;
	}

	/**
	 * A batch is done as a whole; and where the connections of the pool do not commit by
	 * themselves, nobody else would commit a write. A stream is read when its transaction
	 * had ended.
	 */
	private boolean opensTransaction(StatementRequest request) {
		StatementForm.Kind kind = request.form().kind();
		if (this.pinned || kind == StatementForm.Kind.STREAM) {
			return false;
		}
		boolean writes = !request.readsOnly();
		return kind == StatementForm.Kind.BATCH || (writes && !pool().commitsEach() && !inTransactionOfCaller());
	}

	/** In one of another database there may be a connection too. */
	private boolean inTransactionOfCaller() {
		return TransactionSynchronizationManager.hasResource(this.engine.dataSource()) && this.engine.inTransaction();
	}

	private ExecutionPlan make(PlanKey key) {
		return this.engine.plan((spec) -> {
			spec.named(key.name()).scope(key.transaction() ? Scope.TRANSACTION : Scope.NONE);
			if (key.reads()) {
				spec.readOnly();
			}
			if (key.idempotent()) {
				spec.idempotent();
			}
			if (key.timeout() != null) {
				spec.timeout(key.timeout());
			}
			if (this.pinned) {
				spec.maxRetries(0);
			}
			else if (key.maxRetries() != null) {
				spec.maxRetries(key.maxRetries());
			}
		});
	}

	/** What plans differ in. */
	private record PlanKey(String name, boolean reads, boolean transaction, boolean idempotent,
			@Nullable Duration timeout, @Nullable Integer maxRetries) {
	}

}
