package io.dbop.observation;

import io.dbop.execution.RetryBudget;

/** What keeps retries from multiplying the load. */
final class RetryBudgetMeters {

	private RetryBudgetMeters() {
	}

	static void bind(MeterGroup group, RetryBudget budget) {
		group.gauge("dbop.retry.budget.available", "Retries that could be made at this moment", budget,
				RetryBudget::available);
		group.gauge("dbop.retry.budget.capacity", "The most retries that can be saved up", budget,
				RetryBudget::capacity);
		group.count("dbop.retry.budget.denied", "Retries that were not made because the budget was used up", budget,
				RetryBudget::denied);
	}

}
