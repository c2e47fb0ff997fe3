package io.dbop.execution;

/** Which stage gives each attempt the scope that a plan asks for. */
final class ScopeStages {

	private ScopeStages() {
	}

	static Stage of(ExecutionPlan plan, Stage next) {
		ExecutionPlan.Settings settings = plan.settings();
		if (settings.ownScope() != null) {
			return new OwnScopeStage(plan, settings.ownScope(), next);
		}
		if (settings.managedBy() != null) {
			return new SpringManagedStage(plan, settings.managedBy(), next);
		}
		return switch (settings.scope()) {
			case NONE -> new NoScopeStage(plan, next);
			case STATEMENT ->
				settings.hooksNeedTransaction() ? new StatementScopeStage(plan, next) : new NoScopeStage(plan, next);
			case AUTO, TRANSACTION, SAVEPOINT -> new TransactionStage(plan, next);
		};
	}

}
