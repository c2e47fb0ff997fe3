package io.dbop.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import io.dbop.entity.AsyncEntityOperations;
import io.dbop.execution.DatabaseCall;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionSpec;
import io.dbop.statement.AsyncStatementSpec;
import io.dbop.statement.Statements;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/** The asynchronous side of a handle. */
final class EngineAsyncDatabase implements AsyncDatabase {

	private final Database database;

	private final Statements statements;

	private final AsyncTaskRunner tasks;

	private final SingletonSupplier<AsyncEntityOperations> entities;

	EngineAsyncDatabase(Database database, DatabaseEngine engine, Statements statements) {
		this.database = database;
		this.statements = statements;
		this.tasks = new AsyncTaskRunner(engine);
		this.entities = SingletonSupplier.of(() -> database.entities().async(this.tasks));
	}

	@Override
	public AsyncStatementSpec sql(String sql) {
		return this.statements.sql(sql, this.tasks);
	}

	@Override
	public AsyncEntityOperations entities() {
		return this.entities.obtain();
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> execute(Consumer<ExecutionSpec<T>> spec,
			DatabaseCall<T, ? extends Exception> call) {
		return this.tasks.submit(() -> unchecked(() -> this.database.execute(spec, call)));
	}

	@Override
	public <T extends @Nullable Object, E extends Exception> CompletableFuture<T> inTransaction(
			TransactionWork<T, E> work) {
		return this.tasks.submit(() -> unchecked(() -> this.database.<T, E>inTransaction(work)));
	}

	/** A future tells the cause of such an exception as its own. */
	private static <T extends @Nullable Object> T unchecked(DatabaseCall<T, ? extends Exception> call) {
		try {
			return call.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new CompletionException(ex);
		}
	}

}
