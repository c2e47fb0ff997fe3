package io.dbop.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The order of the stages, from the caller to the call. A stage that a plan has no use
 * for is left out of it.
 */
final class Pipeline {

	private Pipeline() {
	}

	static Stage assemble(ExecutionPlan plan) {
		List<UnaryOperator<Stage>> order = new ArrayList<>();
		if (plan.settings().fallback() != null) {
			order.add((next) -> new FallbackStage(plan, next));
		}
		ExecutionObserver observer = plan.engine().observer();
		if (observer != null) {
			order.add((next) -> new ObservedOperationStage(plan, observer, next));
		}
		order.add((next) -> new StatisticsStage(plan, next));
		if (plan.settings().totalTimeout() != null) {
			order.add((next) -> new TotalDeadlineStage(plan, next));
		}
		order.add((next) -> new RetryStage(plan, next));
		if (plan.settings().breaker() != null) {
			order.add((next) -> new BreakerStage(plan, next));
		}
		if (observer != null) {
			order.add((next) -> new ObservedAttemptStage(plan, observer, next));
		}
		if (plan.settings().retry().attemptTimeout() != null) {
			order.add((next) -> new AttemptDeadlineStage(plan, next));
		}
		order.add((next) -> ScopeStages.of(plan, next));
		if (!plan.settings().hooks().isEmpty() && !plan.settings().hooksByWork()) {
			order.add(PrepareStage::new);
		}
		Collections.reverse(order);
		Stage stage = new WorkStage();
		for (UnaryOperator<Stage> each : order) {
			stage = each.apply(stage);
		}
		return stage;
	}

}
