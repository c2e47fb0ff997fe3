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
		long around = call.deadline();
		call.deadline(Deadlines.earlier(around, call.startedAt + this.timeout));
		try {
			return this.next.run(call);
		}
		finally {
			call.deadline(around);
		}
	}

}
