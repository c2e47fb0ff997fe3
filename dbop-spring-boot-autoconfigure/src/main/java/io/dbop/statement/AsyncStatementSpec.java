package io.dbop.statement;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.KeyHolder;

/**
 * A statement that is run in another thread, and so in no transaction of the caller.
 * Whatever is wrong with it is told by the future. To cancel the future, or to let it run
 * out of its time by {@code orTimeout}, ends the statement on the server. Not
 * thread-safe.
 */
public interface AsyncStatementSpec extends StatementSettings<AsyncStatementSpec> {

	/**
	 * The rows as objects.
	 * @param type their type
	 * @param <T> their type
	 * @return all of them
	 */
	<T> CompletableFuture<List<@Nullable T>> list(Class<T> type);

	/**
	 * The rows as a mapper makes them.
	 * @param mapper the mapper
	 * @param <T> the type
	 * @return all of them
	 */
	<T extends @Nullable Object> CompletableFuture<List<T>> list(RowMapper<T> mapper);

	/**
	 * The rows by column name.
	 * @return all of them
	 */
	CompletableFuture<List<Map<String, @Nullable Object>>> listOfRows();

	/**
	 * The only row as an object.
	 * @param type its type
	 * @param <T> its type
	 * @return the object, empty if there is no row
	 */
	<T> CompletableFuture<Optional<T>> optional(Class<T> type);

	/**
	 * The only row as an object.
	 * @param type its type
	 * @param <T> its type
	 * @return the object
	 */
	<T> CompletableFuture<T> single(Class<T> type);

	/**
	 * Has the whole result turned into something.
	 * @param extractor turns it; called again when the statement is repeated
	 * @param <T> into what
	 * @return what the extractor made of it
	 */
	<T extends @Nullable Object> CompletableFuture<T> query(ResultSetExtractor<T> extractor);

	/**
	 * Runs a statement that changes rows, or anything else that gives none.
	 * @return how many rows it changed
	 */
	CompletableFuture<Integer> update();

	/**
	 * Runs an insert and takes the keys that the database has given.
	 * @param keys receives the keys, before the future is completed
	 * @return how many rows it changed
	 */
	CompletableFuture<Integer> update(KeyHolder keys);

	/**
	 * Runs the statement once for each row of parameters, in one transaction.
	 * @param rows the parameters of each, as for {@link StatementSpec#batch}
	 * @return what {@link BatchSpec#execute()} returns
	 */
	CompletableFuture<int[]> batch(Collection<?> rows);

}
