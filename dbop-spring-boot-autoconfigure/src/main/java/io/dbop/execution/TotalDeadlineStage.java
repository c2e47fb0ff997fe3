package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * Ends the whole call, whichever attempt is under way, unless an outer call ends sooner.
 */
final class TotalDeadlineStage implements Stage {

	private final long timeout;

	private final Stage next;

	TotalDeadlineStage(ExecutionPlan plan, Stage next) {
		this.timeout = java.util.Objects.requireNonNull(plan.settings().totalTimeout()).toNanos();
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		call.deadline(Deadlines.earlier(call.deadline(), call.startedAt + this.timeout));
		return this.next.run(call);
	}

}
