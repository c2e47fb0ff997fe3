package io.dbop.database;

import java.sql.Connection;
import java.sql.SQLException;

import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.Scope;
import io.dbop.statement.StatementSpec;
import io.dbop.statement.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;

/** A session on a connection of an engine's pool. */
final class EngineSession implements DatabaseSession {

	private static final Logger logger = LoggerFactory.getLogger(EngineSession.class);

	private final DatabaseEngine engine;

	private final Connection connection;

	private final Statements statements;

	private boolean inTransaction;

	/** As a hook wants it for the transaction under way. */
	private boolean rollbackOnly;

	private boolean closed;

	private EngineSession(DatabaseEngine engine, Statements statements, Connection connection) {
		this.engine = engine;
		this.connection = connection;
		this.statements = statements.on(connection, this::inTransaction);
	}

	/** Nothing is lost when the acquisition of a connection is repeated. */
	static EngineSession open(DatabaseEngine engine, Statements statements) {
		ExecutionPlan plan = engine.plan((spec) -> spec.named("session.open").scope(Scope.NONE).hooksByWork());
		Connection[] taken = new Connection[1];
		run(plan, statements, () -> taken[0] = committingEach(engine.dataSource().getConnection()));
		engine.pool().noteKept(taken[0]);
		return new EngineSession(engine, statements, taken[0]);
	}

	/** Outside of its transactions each statement of a session stands. */
	private static Connection committingEach(Connection connection) throws SQLException {
		try {
			if (!connection.getAutoCommit()) {
				connection.setAutoCommit(true);
			}
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	@Override
	public StatementSpec sql(String sql) {
		requireOpen();
		return this.statements.sql(sql);
	}

	@Override
	public void begin() {
		requireOpen();
		Assert.state(!this.inTransaction, "A transaction of this session is under way: commit it or roll it back");
		end("session.begin", () -> {
			this.connection.setAutoCommit(false);
			prepare();
		});
		this.inTransaction = true;
	}

	/** A transaction whose hooks fail does not begin. */
	private void prepare() {
		try {
			this.rollbackOnly = this.statements.prepare();
		}
		catch (RuntimeException | Error ex) {
			undo(ex);
			throw ex;
		}
	}

	@Override
	public void commit() {
		requireTransaction();
		try {
			end("session.commit", this.rollbackOnly ? this.connection::rollback : this.connection::commit);
		}
		catch (RuntimeException | Error ex) {
			undo(ex);
			throw ex;
		}
		leave();
	}

	/** A commit that was refused leaves a transaction that can come to nothing. */
	private void undo(Throwable refusal) {
		try {
			this.connection.rollback();
		}
		catch (SQLException ex) {
			refusal.addSuppressed(ex);
		}
		leave();
	}

	@Override
	public void rollback() {
		requireTransaction();
		end("session.rollback", this.connection::rollback);
		leave();
	}

	/** What has been committed is not to be reported as a failure any more. */
	private void leave() {
		this.inTransaction = false;
		try {
			this.connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			logger.debug("Database '{}': the connection of a session is of no more use", this.engine.alias(), ex);
			abort();
		}
	}

	private void abort() {
		try {
			this.connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			logger.debug("Database '{}': a connection could not be aborted", this.engine.alias(), ex);
		}
	}

	@Override
	public boolean inTransaction() {
		return this.inTransaction;
	}

	@Override
	public Connection connection() {
		requireOpen();
		return this.connection;
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try (Connection closing = this.connection) {
			if (!closing.getAutoCommit()) {
				// To switch commits, which nobody has asked for: but a stream needs it.
				if (!this.statements.withinStream()) {
					closing.rollback();
				}
				closing.setAutoCommit(true);
			}
		}
		catch (SQLException ex) {
			// Without its connection the server rolls it back, and the pool has another.
			logger.debug("Database '{}': a session could not be closed orderly", this.engine.alias(), ex);
		}
	}

	private void requireOpen() {
		Assert.state(!this.closed, () -> "This session of database '%s' is closed".formatted(this.engine.alias()));
	}

	private void requireTransaction() {
		requireOpen();
		Assert.state(this.inTransaction, "No transaction of this session is under way: begin() one first");
	}

	/** No circuit breaker stands between a transaction and its end. */
	private void end(String name, SqlAction action) {
		run(this.engine
			.plan((spec) -> spec.named(name).scope(Scope.NONE).maxRetries(0).noCircuitBreaker().hooksByWork()),
				this.statements, action);
	}

	private static void run(ExecutionPlan plan, Statements statements, SqlAction action) {
		try {
			plan.run((attempt) -> {
				action.run();
				return null;
			});
		}
		catch (SQLException ex) {
			throw statements.translate(plan.name(), ex);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("A connection throws SQLExceptions only", ex);
		}
	}

	/** What is done on the connection. */
	@FunctionalInterface
	private interface SqlAction {

		void run() throws SQLException;

	}

}
