package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * Gives a statement the transaction that its hooks need, unless it stands in one that is
 * there already: of that it remains a part as if there were no hooks.
 */
final class StatementScopeStage implements Stage {

	private final DatabaseEngine engine;

	private final Stage joining;

	private final Stage opening;

	StatementScopeStage(ExecutionPlan plan, Stage next) {
		this.engine = plan.engine();
		this.joining = new NoScopeStage(plan, next);
		this.opening = new TransactionStage(plan, next);
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		boolean joins = call.withinExtension() || this.engine.withinTransaction();
		return joins ? this.joining.run(call) : this.opening.run(call);
	}

}
