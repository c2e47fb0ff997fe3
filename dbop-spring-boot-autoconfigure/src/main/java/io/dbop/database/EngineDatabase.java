package io.dbop.database;

import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.dbop.entity.EntityOperations;
import io.dbop.execution.DatabaseAction;
import io.dbop.execution.DatabaseCall;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.ExecutionSpec;
import io.dbop.execution.Scope;
import io.dbop.execution.Work;
import io.dbop.sql.CacheStatistics;
import io.dbop.statement.StatementSpec;
import io.dbop.statement.Statements;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/** A handle whose operations run through the engine of its alias. */
final class EngineDatabase implements Database {

	private static final String TRANSACTION = "transaction";

	private final DatabaseEngine engine;

	private final Statements statements;

	private final AsyncDatabase async;

	private final SingletonSupplier<JdbcTemplate> jdbcTemplate;

	private final SingletonSupplier<JdbcClient> jdbcClient;

	private final SingletonSupplier<ExecutionPlan> transaction;

	private final SingletonSupplier<EntityOperations> entities;

	EngineDatabase(DatabaseEngine engine, Supplier<EntityOperations> entities) {
		this.entities = SingletonSupplier.of(entities);
		this.engine = engine;
		this.statements = Statements.of(engine);
		this.async = new EngineAsyncDatabase(this, engine, this.statements);
		this.jdbcTemplate = SingletonSupplier.of(() -> new JdbcTemplate(engine.dataSource()));
		this.jdbcClient = SingletonSupplier.of(() -> JdbcClient.create(jdbcTemplate()));
		this.transaction = SingletonSupplier
			.of(() -> engine.plan((spec) -> spec.named(TRANSACTION).scope(Scope.TRANSACTION)));
	}

	@Override
	public String alias() {
		return this.engine.alias();
	}

	@Override
	public StatementSpec sql(String sql) {
		return this.statements.sql(sql);
	}

	@Override
	public EntityOperations entities() {
		return this.entities.obtain();
	}

	@Override
	public AsyncDatabase async() {
		return this.async;
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T inTransaction(TransactionWork<T, E> work) throws E {
		return new PlannedOperation<T>(this.transaction.obtain())
			.run(() -> work.in(new AttemptedTransaction(this.statements)));
	}

	@Override
	@SuppressWarnings("NullAway") // An action returns nothing, which is null.
	public <E extends Exception> void inTransaction(TransactionAction<E> action) throws E {
		new PlannedOperation<>(this.transaction.obtain()).run(() -> {
			action.in(new AttemptedTransaction(this.statements));
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T inTransaction(Consumer<ExecutionSpec<T>> spec,
			TransactionWork<T, E> work) throws E {
		Operation<T> operation = operation((given) -> {
			spec.accept(given.named(TRANSACTION));
			given.scope(Scope.TRANSACTION);
		});
		return operation.run(() -> work.in(new AttemptedTransaction(this.statements)));
	}

	@Override
	public DatabaseSession open() {
		return EngineSession.open(this.engine, this.statements);
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> T execute(Consumer<ExecutionSpec<T>> spec,
			DatabaseCall<T, E> call) throws E {
		Operation<T> operation = operation(spec);
		return operation.run(call);
	}

	@Override
	@SuppressWarnings("NullAway") // An action returns nothing, which is null.
	public <T extends @Nullable Object, E extends Exception> void execute(Consumer<ExecutionSpec<T>> spec,
			DatabaseAction<E> action) throws E {
		this.<T>operation(spec).run(() -> {
			action.run();
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object> Operation<T> operation(Consumer<ExecutionSpec<T>> spec) {
		return new PlannedOperation<>(this.engine.<T>plan(spec));
	}

	@Override
	public DataSource dataSource() {
		return this.engine.dataSource();
	}

	@Override
	public PlatformTransactionManager transactionManager() {
		return this.engine.transactionManager();
	}

	@Override
	public JdbcClient jdbcClient() {
		return this.jdbcClient.obtain();
	}

	@Override
	public JdbcTemplate jdbcTemplate() {
		return this.jdbcTemplate.obtain();
	}

	@Override
	public CacheStatistics translations() {
		return this.engine.translations();
	}

	private record PlannedOperation<T extends @Nullable Object>(ExecutionPlan plan) implements Operation<T> {

		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		public <E extends Exception> T run(DatabaseCall<? extends T, E> call) throws E {
			Work work = (attempt) -> call.call();
			try {
				return (T) this.plan.run(work);
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				// Of the checked exceptions only those of the call itself get through.
				throw (E) ex;
			}
		}

	}

}
