package io.dbop.actuate;

import io.dbop.execution.RetryBudget;

/**
 * What the retries of a database are held to.
 *
 * @param share how many retries each call pays for
 * @param available how many could be made at this moment
 * @param capacity how many can be saved up
 * @param denied how many were not made
 */
public record RetryBudgetDescriptor(double share, double available, int capacity, long denied) {

	static RetryBudgetDescriptor of(RetryBudget budget) {
		return new RetryBudgetDescriptor(budget.share(), budget.available(), budget.capacity(), budget.denied());
	}

}
