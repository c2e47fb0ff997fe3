package io.dbop.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.dbop.pool.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Threads that hold a connection wait for a second one of the same pool, or waited in
 * vain.
 */
final class NestedAcquisitionRule implements AdviceRule {

	private static final Duration LONG = Duration.ofSeconds(1);

	@Override
	public @Nullable Advice advise(Situation situation) {
		long failures = situation.lastMinute().pool().nestedFailures();
		List<Holder> waiting = situation.holders().stream().filter(NestedAcquisitionRule::waitsLong).toList();
		if (failures == 0 && waiting.isEmpty()) {
			return null;
		}
		String who = waiting.stream()
			.map(Holder::operation)
			.filter(Objects::nonNull)
			.distinct()
			.map("'%s'"::formatted)
			.collect(Collectors.joining(", "));
		return Wording.of(situation, AdviceLevel.WARNING, Advice.NESTED_ACQUISITION)
			.figure("nestedFailures", failures)
			.figure("waitingForSecond", waiting.size())
			.tell("Callers of database '%s' take a second connection while they hold a first: %d got none in the last"
					+ " minute, %d wait now%s.", situation.alias(), failures, waiting.size(),
					who.isEmpty() ? "" : " (" + who + ")")
			.act("Take part in the transaction that is open (propagation REQUIRED instead of REQUIRES_NEW), or give"
					+ " the first connection back before. If it has to be so, the pool must be larger than the number"
					+ " of threads that do it at once.");
	}

	private static boolean waitsLong(Holder holder) {
		Duration waiting = holder.waitingForSecond();
		return waiting != null && waiting.compareTo(LONG) >= 0;
	}

}
