package io.dbop.execution;

import javax.sql.DataSource;

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
	 * The data source of the alias. Used through {@code JdbcTemplate}, {@code JdbcClient}
	 * or {@code DataSourceUtils} it gives the connection of the attempt's transaction.
	 * @return the data source
	 */
	DataSource dataSource();

}
