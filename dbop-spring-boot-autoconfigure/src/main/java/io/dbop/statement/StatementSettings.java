package io.dbop.statement;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a statement before it is run: its parameters, in the words of
 * Spring's {@code JdbcClient}, and how it is to be run. Values are checked against the
 * statement when it is run, before the database is reached. Not thread-safe.
 *
 * @param <S> the kind of statement
 */
public interface StatementSettings<S extends StatementSettings<S>> {

	/**
	 * Gives the next positional parameter.
	 * @param value the value
	 * @return this
	 */
	S param(@Nullable Object value);

	/**
	 * Gives a positional parameter.
	 * @param position its place, from 1
	 * @param value the value
	 * @return this
	 */
	S param(int position, @Nullable Object value);

	/**
	 * Gives a named parameter. A collection stands for as many values as it has, as in
	 * {@code IN (:ids)}.
	 * @param name the name, without the colon
	 * @param value the value
	 * @return this
	 */
	S param(String name, @Nullable Object value);

	/**
	 * Gives the next positional parameters.
	 * @param values the values
	 * @return this
	 */
	S params(@Nullable Object... values);

	/**
	 * Gives the next positional parameters.
	 * @param values the values
	 * @return this
	 */
	S params(List<?> values);

	/**
	 * Gives named parameters. There may be more of them than the statement has.
	 * @param values the values by name, without the colon
	 * @return this
	 */
	S params(Map<String, ?> values);

	/**
	 * Takes named parameters from the components of a record, the properties of a bean or
	 * the entries of a map.
	 * @param source the object
	 * @return this
	 */
	S paramSource(Object source);

	/**
	 * Limits the whole call: the wait for a connection, retries, and on the server the
	 * statement. In place of the alias's query-execution-timeout, be that shorter or
	 * longer; the limit of a call around this one still holds if it is shorter.
	 * @param timeout the time
	 * @return this
	 */
	S timeout(Duration timeout);

	/**
	 * Limits how long the statement waits for each lock. Whole seconds, rounded up, on
	 * MySQL and MariaDB. Costs round trips on MySQL.
	 * @param timeout the time
	 * @return this
	 */
	S lockTimeout(Duration timeout);

	/**
	 * Tags the statement: in a comment in front of it, in the form of sqlcommenter, and
	 * on what is observed. The tag {@code operation} names the operation unless
	 * {@link #named} does.
	 * @param key the key
	 * @param value the value, which should be one of few
	 * @return this
	 */
	S tag(String key, String value);

	/**
	 * Tags the statement.
	 * @param tags keys and values
	 * @return this
	 */
	S tags(Map<String, String> tags);

	/**
	 * Names the operation in logs, meters and exceptions.
	 * @param name the name, one of few
	 * @return this
	 */
	S named(String name);

	/**
	 * Declares that to run the statement twice is the same as to run it once, so that it
	 * is repeated even when nobody can tell whether it has landed. Statements that only
	 * read need no such word.
	 * @return this
	 */
	S idempotent();

	/**
	 * Declares that the statement only reads, and need not see what others have written
	 * this moment: outside of a transaction a replica may answer it, where the database
	 * has replicas. It is repeated as reads are.
	 * @return this
	 */
	S readOnly();

	/**
	 * Sets the number of additional attempts. By default that of the alias.
	 * @param maxRetries the number, 0 for none
	 * @return this
	 */
	S maxRetries(int maxRetries);

	/**
	 * Says how many rows the driver fetches at a time. A stream of which this was said is
	 * read in portions (on MySQL not within a transaction); of others some drivers take
	 * all rows first.
	 * @param fetchSize the number of rows
	 * @return this
	 */
	S fetchSize(int fetchSize);

	/**
	 * Ends the result after so many rows.
	 * @param maxRows the number of rows
	 * @return this
	 */
	S maxRows(int maxRows);

}
