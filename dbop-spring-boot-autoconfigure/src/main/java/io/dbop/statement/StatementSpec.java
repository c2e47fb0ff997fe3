package io.dbop.statement;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.KeyHolder;

/**
 * A statement to be run: what Spring's {@code JdbcClient} has, run through the pipeline
 * of the database, with limits and tags of its own.
 * <p>
 * Outside a transaction it is one round trip and is repeated where that is safe; in one
 * it takes part, and it is for the transaction's owner to repeat it all. Exceptions are
 * Spring's {@code DataAccessException}s. Not thread-safe.
 */
public interface StatementSpec extends StatementSettings<StatementSpec> {

	/**
	 * Asks for the rows as they are.
	 * @return how to get at them
	 */
	JdbcClient.ResultQuerySpec query();

	/**
	 * Asks for the rows as objects: of simple types from the only column, of others by
	 * constructor or properties.
	 * @param type the type
	 * @param <T> the type
	 * @return how to get at them
	 */
	<T> JdbcClient.MappedQuerySpec<@Nullable T> query(Class<T> type);

	/**
	 * Asks for the rows as a mapper makes them.
	 * @param mapper the mapper
	 * @param <T> the type
	 * @return how to get at them
	 */
	<T extends @Nullable Object> JdbcClient.MappedQuerySpec<T> query(RowMapper<T> mapper);

	/**
	 * Has each row handled. Should the statement be repeated, so are the rows: collect
	 * rather with {@link #query(ResultSetExtractor)}.
	 * @param handler the handler
	 */
	@SuppressWarnings("overloads") // These are JdbcClient's.
	void query(RowCallbackHandler handler);

	/**
	 * Has the whole result turned into something.
	 * @param extractor turns it; called again when the statement is repeated
	 * @param <T> into what
	 * @return what the extractor made of it
	 */
	@SuppressWarnings("overloads")
	<T extends @Nullable Object> T query(ResultSetExtractor<T> extractor);

	/**
	 * The rows as objects.
	 * @param type their type
	 * @param <T> their type
	 * @return all of them
	 */
	default <T> List<@Nullable T> list(Class<T> type) {
		return query(type).list();
	}

	/**
	 * The only row as an object.
	 * @param type its type
	 * @param <T> its type
	 * @return the object, empty if there is no row
	 * @throws org.springframework.dao.IncorrectResultSizeDataAccessException if there is
	 * more than one
	 */
	default <T> Optional<T> optional(Class<T> type) {
		return Results.optional(query(type).list());
	}

	/**
	 * The only row as an object.
	 * @param type its type
	 * @param <T> its type
	 * @return the object
	 * @throws org.springframework.dao.IncorrectResultSizeDataAccessException if there is
	 * none, or more than one
	 */
	default <T> T single(Class<T> type) {
		return Results.single(query(type).list());
	}

	/**
	 * The rows as objects, fetched while they are looked at. The stream has to be closed:
	 * it holds the connection. What fails after the first row is not repeated, and a
	 * timeout can only be shorter than the alias's.
	 * @param type their type
	 * @param <T> their type
	 * @return the stream
	 */
	default <T> Stream<@Nullable T> stream(Class<T> type) {
		return query(type).stream();
	}

	/**
	 * Runs a statement that changes rows, or anything else that gives none.
	 * @return how many rows it changed
	 */
	int update();

	/**
	 * Runs an insert and takes the keys that the database has given.
	 * @param keys receives the keys
	 * @return how many rows it changed
	 */
	int update(KeyHolder keys);

	/**
	 * Runs an insert and takes what the database has put into some columns.
	 * @param keys receives their values
	 * @param columns the names of the columns
	 * @return how many rows it changed
	 */
	int update(KeyHolder keys, String... columns);

	/**
	 * Runs the statement once for each row of parameters.
	 * @param rows the parameters of each: a list or an array of positional ones, the
	 * value of the only one, or an object or map that has the named ones
	 * @return the batch, to be executed
	 */
	BatchSpec batch(Collection<?> rows);

}
