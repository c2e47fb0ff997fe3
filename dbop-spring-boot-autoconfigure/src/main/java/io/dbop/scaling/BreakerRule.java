package io.dbop.scaling;

import java.util.List;
import java.util.stream.Collectors;

import io.dbop.circuit.BreakerState;
import io.dbop.circuit.BreakerStatus;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker keeps calls away from the database. One that was opened by callers
 * who got no connection of a busy pool follows from what the other rules find, if that is
 * pressing as well.
 */
final class BreakerRule implements AdviceRule {

	@Override
	public @Nullable Advice advise(Situation situation) {
		boolean explained = situation.findings()
			.stream()
			.anyMatch((each) -> each.level().compareTo(AdviceLevel.WARNING) >= 0);
		List<BreakerStatus> open = situation.breakers()
			.stream()
			.filter(BreakerRule::open)
			.filter((each) -> !explained || !follows(each))
			.toList();
		if (open.isEmpty()) {
			return null;
		}
		boolean probing = open.stream().allMatch((each) -> each.state() == BreakerState.HALF_OPEN);
		return Wording.of(situation, probing ? AdviceLevel.NOTICE : AdviceLevel.CRITICAL, Advice.BREAKER_OPEN)
			.figure("breakers", open.stream().map(BreakerStatus::name).toList())
			.figure("refusedCalls", open.stream().mapToLong(BreakerStatus::refusedCalls).sum())
			.tell(probing ? "Calls to database '%s' are let through a few at a time by %s."
					: "Calls to database '%s' are refused by %s.", situation.alias(),
					open.stream().map(BreakerRule::told).collect(Collectors.joining("; ")))
			.act("See why the database fails: is it up, can it be reached, does it answer in time? The breaker closes"
					+ " by itself when it does; it can be reset by hand.");
	}

	private static boolean follows(BreakerStatus breaker) {
		return breaker.lastFailure() != null && breaker.lastFailure().exhausted();
	}

	static boolean open(BreakerStatus breaker) {
		return switch (breaker.state()) {
			case OPEN, HALF_OPEN, FORCED_OPEN -> true;
			case CLOSED, DISABLED -> false;
		};
	}

	private static String told(BreakerStatus breaker) {
		return "circuit breaker '%s', which is %s%s".formatted(breaker.name(), switch (breaker.state()) {
			case HALF_OPEN -> "half-open and lets probes through";
			case FORCED_OPEN -> "held open by hand";
			case OPEN, CLOSED, DISABLED -> "open";
		}, (breaker.lastFailure() != null) ? " (last failure: " + breaker.lastFailure() + ")" : "");
	}

}
