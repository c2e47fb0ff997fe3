package io.dbop.execution;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Ends one attempt, unless the whole call ends sooner. */
final class AttemptDeadlineStage implements Stage {

	private final ExecutionPlan plan;

	private final long timeout;

	private final Stage next;

	AttemptDeadlineStage(ExecutionPlan plan, Stage next) {
		this.plan = plan;
		this.timeout = Objects.requireNonNull(plan.settings().retry().attemptTimeout()).toNanos();
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		long whole = call.deadline();
		call.deadline(Deadlines.earlier(whole, this.plan.engine().now() + this.timeout));
		try {
			return this.next.run(call);
		}
		finally {
			call.deadline(whole);
		}
	}

}
