package io.dbop.execution;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a call has left for another attempt: attempts, time, and the budget of its
 * database. Confined to the calling thread.
 */
final class Allowance {

	private final Call call;

	private Duration delay = Duration.ZERO;

	/** Whether a retry was taken out of the budget for the attempt to come. */
	private boolean taken;

	private @Nullable RetryBudgetExhaustedException denial;

	Allowance(Call call) {
		this.call = call;
	}

	/**
	 * Grants another attempt or refuses it.
	 * @return {@code null} if it is granted, else how the call ends
	 */
	@Nullable RetryOutcome refusal(Failure failure) {
		ExecutionPlan plan = this.call.plan;
		RetrySettings settings = plan.settings().retry();
		if (this.call.attempt() > settings.maxRetries()) {
			this.call.aftermath().verdict = "No attempt is left (%d of %d).".formatted(this.call.attempt(),
					1 + settings.maxRetries());
			return RetryOutcome.EXHAUSTED;
		}
		this.delay = delay(settings);
		long end = Deadlines.earlier(this.call.deadline(), this.call.startedAt + settings.totalTimeout().toNanos());
		if (plan.engine().now() + this.delay.toNanos() - end >= 0) {
			this.call.aftermath().verdict = "No time is left for another attempt.";
			return RetryOutcome.EXHAUSTED;
		}
		return take(failure) ? null : RetryOutcome.DENIED;
	}

	private Duration delay(RetrySettings settings) {
		Duration wait = this.call.plan.engine().backoff(settings).after(this.call.attempt());
		boolean capped = this.call.inOuterTransaction && wait.compareTo(settings.maxDelayInTransaction()) > 0;
		return capped ? settings.maxDelayInTransaction() : wait;
	}

	/**
	 * Behind a conflict somebody else succeeded: to repeat it is part of the work, and no
	 * sign of a database that fails.
	 */
	private boolean take(Failure failure) {
		RetryBudget budget = this.call.plan.engine().retryBudget();
		this.taken = budget != null && !failure.kind().isConflict();
		if (budget == null || !this.taken || budget.take()) {
			return true;
		}
		this.taken = false;
		this.denial = new RetryBudgetExhaustedException(this.call.alias(), budget.settings());
		this.call
			.aftermath().verdict = "The retry budget of the database is used up: retries are held to a share of %s of the calls."
				.formatted(budget.share());
		return false;
	}

	/** The attempt that was granted last was not made. */
	void unused() {
		RetryBudget budget = this.call.plan.engine().retryBudget();
		if (this.taken && budget != null) {
			budget.giveBack();
			this.taken = false;
		}
	}

	/** How long to wait before the attempt that was granted last. */
	Duration delay() {
		return this.delay;
	}

	/** The refusal of the budget, if that is why the call ends. */
	@Nullable RetryBudgetExhaustedException denial() {
		return this.denial;
	}

}
