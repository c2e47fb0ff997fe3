package io.dbop.execution;

import io.dbop.execution.ExecutionObserver.Observed;
import org.jspecify.annotations.Nullable;

/**
 * One attempt as an observer sees it. It stands inside the circuit breaker: a refused
 * attempt is none.
 */
final class ObservedAttemptStage implements Stage {

	private final String alias;

	private final String operation;

	private final ExecutionObserver observer;

	private final Stage next;

	ObservedAttemptStage(ExecutionPlan plan, ExecutionObserver observer, Stage next) {
		this.alias = plan.engine().alias();
		this.operation = plan.statistics().operation();
		this.observer = observer;
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		Observed observed = this.observer.attempt(this.alias, this.operation, call.attempt());
		Object result;
		try {
			result = this.next.run(call);
		}
		catch (Throwable ex) {
			observed.ended(Ending.ofAttempt(call, ex));
			throw ex;
		}
		observed.ended(Ending.ofAttempt(call));
		return result;
	}

}
