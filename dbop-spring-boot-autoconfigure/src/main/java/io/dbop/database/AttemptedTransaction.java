package io.dbop.database;

import java.util.Objects;

import io.dbop.execution.AttemptContext;
import io.dbop.execution.ExecutionPlan;
import io.dbop.statement.StatementSpec;
import io.dbop.statement.Statements;

import org.springframework.util.Assert;

/** The transaction of the attempt that the thread stands in. */
final class AttemptedTransaction implements DatabaseTransaction {

	private final Statements statements;

	private final AttemptContext attempt = Objects.requireNonNull(ExecutionPlan.currentAttempt());

	private boolean rollbackOnly;

	AttemptedTransaction(Statements statements) {
		this.statements = statements;
	}

	@Override
	public StatementSpec sql(String sql) {
		Assert.state(ExecutionPlan.within(this.attempt),
				() -> ("This transaction of database '%s' has ended, or belongs to another thread: a statement would not be"
						+ " part of it.")
					.formatted(this.attempt.alias()));
		return this.statements.sql(sql);
	}

	@Override
	public void setRollbackOnly() {
		this.rollbackOnly = true;
		this.attempt.setRollbackOnly();
	}

	@Override
	public boolean isRollbackOnly() {
		return this.rollbackOnly;
	}

}
