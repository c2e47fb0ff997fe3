package io.dbop.test.wire;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The cuts that still have to happen. Each happens once.
 */
final class PlannedCuts {

	private final List<Plan> plans = new ArrayList<>();

	synchronized void add(Predicate<String> statement, CutPoint point) {
		this.plans.add(new Plan(statement, point));
	}

	/**
	 * Use up the first plan that one of the statements fulfils.
	 * @param statements what the client asks for
	 * @return the plan, or {@code null} not to cut
	 */
	synchronized @Nullable Plan claim(List<String> statements) {
		for (Iterator<Plan> candidates = this.plans.iterator(); candidates.hasNext();) {
			Plan plan = candidates.next();
			if (statements.stream().anyMatch(plan.statement())) {
				candidates.remove();
				return plan;
			}
		}
		return null;
	}

	/**
	 * Take back a plan whose connection broke before it could be cut.
	 * @param plan the plan
	 */
	synchronized void giveBack(Plan plan) {
		this.plans.add(0, plan);
	}

	record Plan(Predicate<String> statement, CutPoint point) {
	}

}
