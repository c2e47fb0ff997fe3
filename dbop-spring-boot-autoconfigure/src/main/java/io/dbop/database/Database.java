package io.dbop.database;

import java.util.function.Consumer;

import javax.sql.DataSource;

import io.dbop.execution.DatabaseAction;
import io.dbop.execution.DatabaseCall;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The handle of one database. Thread-safe; a bean under its alias as qualifier.
 */
public interface Database {

	/**
	 * Creates the handle of an engine's database.
	 * @param engine the engine
	 * @return the handle
	 */
	static Database of(DatabaseEngine engine) {
		return new EngineDatabase(engine);
	}

	/**
	 * The alias: the same name in configuration, beans, pool, meters and health.
	 * @return the alias
	 */
	String alias();

	/**
	 * Runs an operation through the pipeline.
	 * @param spec how it is to be run
	 * @param call the work, called once per attempt
	 * @param <T> what it returns
	 * @param <E> the checked exception that it throws
	 * @return what the call returned
	 * @throws E if the call fails for good
	 */
	<T extends @Nullable Object, E extends Exception> T execute(Consumer<ExecutionSpec<T>> spec,
			DatabaseCall<T, E> call) throws E;

	/**
	 * Runs an operation that returns nothing through the pipeline.
	 * @param spec how it is to be run
	 * @param action the work, called once per attempt
	 * @param <T> what a fallback returns, which nobody gets; with the same type as above
	 * the compiler can tell the two apart
	 * @param <E> the checked exception that it throws
	 * @throws E if the action fails for good
	 */
	<T extends @Nullable Object, E extends Exception> void execute(Consumer<ExecutionSpec<T>> spec,
			DatabaseAction<E> action) throws E;

	/**
	 * Prepares an operation that is run often: its settings are resolved once.
	 * @param spec how it is to be run
	 * @param <T> what it returns
	 * @return the operation
	 */
	<T extends @Nullable Object> Operation<T> operation(Consumer<ExecutionSpec<T>> spec);

	/**
	 * The data source of the alias.
	 * @return the data source
	 */
	DataSource dataSource();

	/**
	 * The transaction manager of the alias: JPA's where JPA uses this database.
	 * @return the transaction manager
	 */
	PlatformTransactionManager transactionManager();

	/**
	 * A {@code JdbcClient} on the data source of the alias.
	 * @return the client
	 */
	JdbcClient jdbcClient();

}
