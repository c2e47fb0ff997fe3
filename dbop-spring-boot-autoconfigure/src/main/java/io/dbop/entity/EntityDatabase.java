package io.dbop.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

import io.dbop.dialect.Dialect;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.Scope;
import io.dbop.execution.Work;
import io.dbop.statement.Statements;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * The database of entities: its engine, its statements, and the connections on which its
 * tables are looked at and changed. Thread-safe.
 */
final class EntityDatabase {

	private final DatabaseEngine engine;

	private final Statements statements;

	private final CallPlans plans;

	private final Supplier<JdbcTemplate> template;

	private final Supplier<ExecutionPlan> looking;

	private final Supplier<ExecutionPlan> changing;

	private final Supplier<Boolean> failedRowsStay = SingletonSupplier.of(this::askWhetherFailedRowsStay);

	EntityDatabase(DatabaseEngine engine, Statements statements) {
		this.engine = engine;
		this.statements = statements;
		this.plans = new CallPlans(engine);
		this.template = SingletonSupplier.of(() -> new JdbcTemplate(engine.dataSource()));
		this.looking = SingletonSupplier
			.of(() -> engine.plan((spec) -> spec.named("entity.schema").scope(Scope.STATEMENT).readOnly()));
		this.changing = SingletonSupplier
			.of(() -> engine.plan((spec) -> spec.named("entity.schema").scope(Scope.TRANSACTION).idempotent()));
	}

	String alias() {
		return this.engine.alias();
	}

	DatabaseEngine engine() {
		return this.engine;
	}

	CallPlans plans() {
		return this.plans;
	}

	Statements statements() {
		return this.statements;
	}

	Dialect dialect() {
		return this.engine.pool().dialect();
	}

	/**
	 * What the transaction of the caller is known by, {@code null} if there is none. In a
	 * transaction of another database there may be a connection too, which commits each
	 * statement, or nothing on a pool that does not.
	 */
	@Nullable Object transaction() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return null;
		}
		Object resource = TransactionSynchronizationManager.getResource(this.engine.dataSource());
		if (!(resource instanceof ConnectionHolder holder) || commitsEach(holder)) {
			return null;
		}
		return (this.engine.pool().commitsEach() || this.engine.inTransaction()) ? holder : null;
	}

	/**
	 * Whether a transaction of another database is under way as well: whose end it is
	 * that synchronizations hear of depends on which has begun last.
	 */
	boolean amongOthers() {
		Object own = TransactionSynchronizationManager.getResource(this.engine.dataSource());
		return TransactionSynchronizationManager.getResourceMap()
			.values()
			.stream()
			.anyMatch((resource) -> resource != own && resource instanceof ConnectionHolder holder
					&& !commitsEach(holder));
	}

	/** Whether only a savepoint takes back what a statement on several rows has done. */
	boolean failedRowsStay() {
		return this.failedRowsStay.get();
	}

	private boolean askWhetherFailedRowsStay() {
		String query = dialect().tables().failedRowsStay();
		return query != null && this.statements.sql(query).named("entity.schema").single(Long.class) == 1;
	}

	/** Whether there is a connection that the caller keeps, in a transaction or not. */
	boolean connectionBound() {
		return TransactionSynchronizationManager.hasResource(this.engine.dataSource());
	}

	private boolean commitsEach(ConnectionHolder holder) {
		try {
			return holder.getConnectionHandle() == null || holder.getConnection().getAutoCommit();
		}
		catch (SQLException ex) {
			throw this.statements.translate("Transaction of the caller", ex);
		}
	}

	/**
	 * Looks at tables. A transaction of the caller may see them as they were, unless it
	 * is the one that changes them.
	 */
	<T> T look(SchemaWork<T> work) {
		if (transaction() != null && !dialect().tables().changesTablesInTransactions()) {
			return apart(work);
		}
		return run(this.looking.get(), () -> onOwn(work));
	}

	/** Changes tables, in the transaction of the caller if they can be part of it. */
	<T> T change(SchemaWork<T> work) {
		if (!dialect().tables().changesTablesInTransactions()) {
			return apart(work);
		}
		return (transaction() != null) ? onOwn(work) : run(this.changing.get(), () -> onOwn(work));
	}

	private <T> T onOwn(SchemaWork<T> work) {
		ConnectionCallback<T> callback = work::on;
		T result = this.template.get().execute(callback);
		if (result == null) {
			throw new IllegalStateException("Work on tables gives a result");
		}
		return result;
	}

	private <T> T apart(SchemaWork<T> work) {
		try (Connection connection = this.engine.pool().connectApart()) {
			return work.on(connection);
		}
		catch (SQLException ex) {
			throw this.statements.translate("Tables of entities", ex);
		}
	}

	/** Has the transaction of the caller come to nothing. */
	void markRollbackOnly() {
		PlatformTransactionManager manager = this.engine.transactionManager();
		DefaultTransactionDefinition any = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_MANDATORY);
		any.setReadOnly(true);
		manager.rollback(manager.getTransaction(any));
	}

	@SuppressWarnings("unchecked")
	private static <T> T run(ExecutionPlan plan, Supplier<T> work) {
		return (T) run(plan, (Work) (attempt) -> work.get());
	}

	/** Entities throw nothing that is checked. */
	@SuppressWarnings("NullAway")
	static Object run(ExecutionPlan plan, Work work) {
		try {
			return plan.run(work);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Entities throw unchecked exceptions only", ex);
		}
	}

	/**
	 * Work on tables.
	 *
	 * @param <T> what it gives
	 */
	@FunctionalInterface
	interface SchemaWork<T> {

		T on(Connection connection) throws SQLException;

	}

}
