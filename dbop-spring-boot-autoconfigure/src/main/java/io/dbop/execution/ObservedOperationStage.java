package io.dbop.execution;

import io.dbop.execution.ExecutionObserver.Observed;
import org.jspecify.annotations.Nullable;

/** The operation as an observer sees it, waits included and all that is logged of it. */
final class ObservedOperationStage implements Stage {

	private final String alias;

	private final String operation;

	private final ExecutionObserver observer;

	private final Stage next;

	ObservedOperationStage(ExecutionPlan plan, ExecutionObserver observer, Stage next) {
		this.alias = plan.engine().alias();
		this.operation = plan.statistics().operation();
		this.observer = observer;
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		Observed observed = this.observer.operation(this.alias, this.operation);
		Object result;
		try {
			result = this.next.run(call);
		}
		catch (Throwable ex) {
			observed.ended(Ending.ofOperation(call, ex));
			throw ex;
		}
		observed.ended(Ending.ofOperation(call));
		return result;
	}

}
