package io.dbop.database;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.dbop.entity.AsyncEntityOperations;
import io.dbop.execution.DatabaseCall;
import io.dbop.execution.ExecutionSpec;
import io.dbop.statement.AsyncStatementSpec;
import org.jspecify.annotations.Nullable;

/**
 * The same database for those who do not wait: work is done on other threads, virtual
 * ones where the JVM has them (21 and up), else as many as the pool has connections. It
 * stands in no transaction of the caller. Callers wait for a connection in the order of
 * their arrival, no longer than the acquisition timeout; where threads are few they wait
 * for one of those first, without limit, and work that waits for other asynchronous work
 * of the same database may wait for ever.
 * <p>
 * To complete a future from outside, as {@code cancel} and {@code orTimeout} do, ends its
 * work: the statement that runs is cancelled on the server and nothing more is sent. A
 * commit that was begun is not undone. Futures made of a future ({@code thenApply} and
 * such) pass nothing on. Thread-safe.
 */
public interface AsyncDatabase {

	/**
	 * Begins a statement.
	 * @param sql the statement, as for {@link Database#sql}
	 * @return the statement, to be given its parameters
	 */
	AsyncStatementSpec sql(String sql);

	/**
	 * The entities of the database.
	 * @return the operations, the same for all callers
	 */
	AsyncEntityOperations entities();

	/**
	 * Runs an operation through the pipeline.
	 * @param spec how it is to be run
	 * @param call the work, called once per attempt
	 * @param <T> what it returns
	 * @return what the call returns
	 */
	<T extends @Nullable Object> CompletableFuture<T> execute(Consumer<ExecutionSpec<T>> spec,
			DatabaseCall<T, ? extends Exception> call);

	/**
	 * Runs work in a transaction.
	 * @param work the work, as for {@link Database#inTransaction}
	 * @param <T> what it returns
	 * @param <E> the checked exception that it throws
	 * @return what the work returns
	 */
	<T extends @Nullable Object, E extends Exception> CompletableFuture<T> inTransaction(TransactionWork<T, E> work);

}
