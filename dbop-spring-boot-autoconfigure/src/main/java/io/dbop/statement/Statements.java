package io.dbop.statement;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.dbop.execution.DatabaseEngine;
import io.dbop.sql.SqlStatement;

import org.springframework.dao.DataAccessException;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Runs the statements of one database. Thread-safe.
 */
public final class Statements {

	private final DatabaseEngine engine;

	private final Supplier<StatementTarget> target;

	private Statements(DatabaseEngine engine, Supplier<StatementTarget> target) {
		this.engine = engine;
		this.target = target;
	}

	/**
	 * Creates what runs the statements of an engine's database.
	 * @param engine the engine
	 * @return the same for all callers, best kept
	 */
	public static Statements of(DatabaseEngine engine) {
		return new Statements(engine, SingletonSupplier.of(() -> new StatementTarget(engine, engine.dataSource())));
	}

	/**
	 * The same on a single connection, where nothing is repeated.
	 * @param connection the connection, which stays open
	 * @param inTransaction whether a transaction is under way on it
	 * @return what runs statements on it
	 */
	public Statements on(Connection connection, BooleanSupplier inTransaction) {
		return new Statements(this.engine,
				SingletonSupplier.of(() -> new StatementTarget(this.engine, connection, inTransaction)));
	}

	/**
	 * Begins a statement.
	 * @param sql the statement
	 * @return the statement, to be given its parameters
	 * @throws io.dbop.sql.InvalidSqlException if it cannot be translated
	 */
	public StatementSpec sql(String sql) {
		return new DefaultStatementSpec(this.target.get(), translate(sql));
	}

	/**
	 * Begins a statement that is run elsewhere.
	 * @param sql the statement
	 * @param tasks runs what it is given
	 * @return the statement, to be given its parameters
	 * @throws io.dbop.sql.InvalidSqlException if it cannot be translated
	 */
	public AsyncStatementSpec sql(String sql, AsyncTasks tasks) {
		return new DefaultAsyncStatementSpec(this.target.get(), translate(sql), tasks);
	}

	/**
	 * Spring's exception for a failure of the driver, as statements throw it.
	 * @param task what was to be done
	 * @param failure the failure
	 * @return the exception
	 */
	public DataAccessException translate(String task, SQLException failure) {
		return this.target.get().translate(task, failure);
	}

	/**
	 * Has the hooks of the attempt under way called on the single connection.
	 * @return whether one wants what follows to be rolled back
	 */
	public boolean prepare() {
		StatementTarget single = this.target.get();
		return single.prepare(single.dataSource());
	}

	/**
	 * Whether the single connection commits each statement, were it not for a stream that
	 * is still open.
	 * @return whether a transaction is under way on it for no other reason
	 */
	public boolean withinStream() {
		return this.target.get().withinStream();
	}

	private SqlStatement translate(String sql) {
		Assert.hasText(sql, "The statement must not be empty");
		SqlStatement statement = this.engine.translator().translate(sql);
		if (statement.objection() != null) {
			throw new InvalidParametersException(this.engine.alias(), statement.objection());
		}
		return statement;
	}

}
