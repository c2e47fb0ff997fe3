package io.dbop.database;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.dbop.entity.EntityOperations;
import io.dbop.entity.EntitySettings;
import io.dbop.execution.DatabaseAction;
import io.dbop.execution.DatabaseCall;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionSpec;
import io.dbop.sql.CacheStatistics;
import io.dbop.statement.StatementSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
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
		return of(engine, () -> EntityOperations.of(engine, EntitySettings.defaults(), () -> null, List.of()));
	}

	/**
	 * Creates the handle of an engine's database, with entities as they are configured.
	 * @param engine the engine
	 * @param entities makes the operations on its entities, when they are first needed
	 * @return the handle
	 */
	static Database of(DatabaseEngine engine, Supplier<EntityOperations> entities) {
		return new EngineDatabase(engine, entities);
	}

	/**
	 * The alias: the same name in configuration, beans, pool, meters and health.
	 * @return the alias
	 */
	String alias();

	/**
	 * Begins a statement, in the form that all databases understand: {@code [name]} is a
	 * quoted identifier, {@code ?} a parameter (or {@code :name}, or {@code $1}),
	 * {@code ??} a question mark. Quoting of the database's own passes as it is.
	 * @param sql the statement
	 * @return the statement, to be given its parameters
	 * @throws io.dbop.sql.InvalidSqlException if it cannot be translated
	 */
	StatementSpec sql(String sql);

	/**
	 * The entities of the database: saved, found and deleted, with tables and a history
	 * that take care of themselves.
	 * @return the operations, the same for all callers
	 */
	EntityOperations entities();

	/**
	 * The same database for those who do not wait.
	 * @return runs statements and operations on other threads
	 */
	AsyncDatabase async();

	/**
	 * Runs work in a transaction, that of the caller if there is one. A transaction of
	 * its own is repeated as a whole where that is safe, with the retry settings of the
	 * alias; one of the caller is for its owner to repeat. Any exception rolls it back.
	 * @param work the work, called once per attempt
	 * @param <T> what it returns
	 * @param <E> the checked exception that it throws
	 * @return what the work returned
	 * @throws E if the work fails for good
	 */
	@SuppressWarnings("overloads") // A block with a value is not one without.
	<T extends @Nullable Object, E extends Exception> T inTransaction(TransactionWork<T, E> work) throws E;

	/**
	 * Runs work without a result in a transaction.
	 * @param action the work, called once per attempt
	 * @param <E> the checked exception that it throws
	 * @throws E if the work fails for good
	 */
	@SuppressWarnings("overloads")
	<E extends Exception> void inTransaction(TransactionAction<E> action) throws E;

	/**
	 * Runs work in a transaction, in a way of one's own.
	 * @param spec how it is to be run, its scope excepted
	 * @param work the work, called once per attempt
	 * @param <T> what it returns
	 * @param <E> the checked exception that it throws
	 * @return what the work returned
	 * @throws E if the work fails for good
	 */
	<T extends @Nullable Object, E extends Exception> T inTransaction(Consumer<ExecutionSpec<T>> spec,
			TransactionWork<T, E> work) throws E;

	/**
	 * Takes a connection for work that needs the same one throughout.
	 * @return the session, to be closed
	 * @throws org.springframework.dao.DataAccessException if there is no connection to be
	 * had
	 */
	DatabaseSession open();

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

	/**
	 * A {@code JdbcTemplate} on the data source of the alias.
	 * @return the template
	 */
	JdbcTemplate jdbcTemplate();

	/**
	 * How often a translated statement was found, and how often not.
	 * @return the figures of now
	 */
	CacheStatistics translations();

}
