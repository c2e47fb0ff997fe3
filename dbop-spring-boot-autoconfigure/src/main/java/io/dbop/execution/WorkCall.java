package io.dbop.execution;

import java.util.List;
import java.util.Map;

import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

/** The call of work that is an object by itself. */
final class WorkCall extends Call {

	private final Work work;

	WorkCall(ExecutionPlan plan, Work work) {
		super(plan);
		this.work = work;
	}

	@Override
	public @Nullable Object perform(int attempt) throws Throwable {
		return this.work.perform(attempt);
	}

	@Override
	public List<@Nullable Object> arguments() {
		return this.work.arguments();
	}

	@Override
	public boolean limitsStatements() {
		return this.work.limitsStatements();
	}

	@Override
	public boolean inTransaction() {
		return this.work.inTransaction();
	}

	@Override
	public Map<String, String> tags() {
		return this.work.tags();
	}

	@Override
	public @Nullable List<StatementParameter> statementParameters() {
		return this.work.statementParameters();
	}

}
