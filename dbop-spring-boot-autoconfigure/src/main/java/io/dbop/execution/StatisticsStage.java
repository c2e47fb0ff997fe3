package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * Counts calls, tells listeners, and logs the one warning of a call that failed for good.
 */
final class StatisticsStage implements Stage {

	private final DatabaseEngine engine;

	private final OperationStatistics statistics;

	private final Stage next;

	StatisticsStage(ExecutionPlan plan, Stage next) {
		this.engine = plan.engine();
		this.statistics = plan.statistics();
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		Object result;
		try {
			result = this.next.run(call);
		}
		catch (Throwable ex) {
			this.statistics.failed(this.engine.now() - call.startedAt);
			if (call.repeatedByOwner() || call.aftermath().refused) {
				this.statistics.unpaid();
			}
			Reports.failed(call, ex);
			throw ex;
		}
		this.statistics.succeeded(this.engine.now() - call.startedAt);
		if (call.attempt() > 1) {
			this.statistics.ended(RetryOutcome.RECOVERED);
		}
		if (call.repeatedByOwner()) {
			this.statistics.unpaid();
		}
		this.engine.listeners().succeeded(call);
		return result;
	}

}
