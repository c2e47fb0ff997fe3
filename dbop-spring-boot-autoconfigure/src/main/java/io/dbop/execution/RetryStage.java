package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * Repeats attempts. The first one costs nothing: the machinery of retrying is entered
 * when it has failed.
 */
final class RetryStage implements Stage {

	private final Stage next;

	private final RetryDecision decision;

	RetryStage(ExecutionPlan plan, Stage next) {
		this.next = next;
		this.decision = new RetryDecision(plan);
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		int entities = call.plan.engine().transactions().sharedEntities();
		if (entities != 0) {
			call.aftermath().entitiesBefore = entities;
		}
		try {
			return this.next.run(call);
		}
		catch (Throwable ex) {
			return new RetryLoop(call, this.decision, this.next, Unmasked.of(ex)).run();
		}
	}

}
