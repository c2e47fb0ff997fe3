package io.dbop.execution;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * What hooks, scopes and verifiers learn of the attempt they stand in. Valid during that
 * attempt, on its thread.
 */
public interface AttemptContext {

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	String alias();

	/**
	 * The name of the operation, such as {@code AccountService.transfer}.
	 * @return the name
	 */
	String operation();

	/**
	 * The number of the attempt, from 1.
	 * @return the number
	 */
	int attempt();

	/**
	 * Whether the operation is declared read-only.
	 * @return whether it only reads
	 */
	boolean readOnly();

	/**
	 * What the annotated method was called with, so that a {@link CommitVerifier} can
	 * look for what this very call was to do.
	 * @return the arguments in their order, read-only; empty for a call by hand
	 */
	List<@Nullable Object> arguments();

	/**
	 * What the statement was tagged with, if the operation is one.
	 * @return names and values, empty if there are none
	 */
	Map<String, String> tags();

	/**
	 * Has the transaction that was opened for the attempt rolled back at its end, though
	 * the attempt succeeds. In a transaction of the caller that is all since the
	 * savepoint of the attempt, or without one the whole; where there is no transaction,
	 * nothing is rolled back.
	 */
	void setRollbackOnly();

	/**
	 * The data source of the alias. Used through {@code JdbcTemplate}, {@code JdbcClient}
	 * or {@code DataSourceUtils} it gives the connection of the attempt's transaction.
	 * For a stream or in a session it gives a hook the connection of that, and no other.
	 * @return the data source
	 */
	DataSource dataSource();

}
