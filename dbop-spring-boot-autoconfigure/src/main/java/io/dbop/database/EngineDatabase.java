package io.dbop.database;

import java.util.function.Consumer;

import javax.sql.DataSource;

import io.dbop.execution.DatabaseAction;
import io.dbop.execution.DatabaseCall;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.ExecutionSpec;
import io.dbop.execution.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/** A handle whose operations run through the engine of its alias. */
final class EngineDatabase implements Database {

	private final DatabaseEngine engine;

	private final SingletonSupplier<JdbcClient> jdbcClient;

	EngineDatabase(DatabaseEngine engine) {
		this.engine = engine;
		this.jdbcClient = SingletonSupplier.of(() -> JdbcClient.create(engine.dataSource()));
	}

	@Override
	public String alias() {
		return this.engine.alias();
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
