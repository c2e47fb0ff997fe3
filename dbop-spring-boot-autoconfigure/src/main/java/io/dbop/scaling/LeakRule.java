package io.dbop.scaling;

import java.util.List;
import java.util.stream.Collectors;

import io.dbop.pool.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Connections are held, and nothing has been executed on them for as long as
 * {@code dbop.leak-detection.threshold}.
 */
final class LeakRule implements AdviceRule {

	private static final int SHOWN = 3;

	@Override
	public @Nullable Advice advise(Situation situation) {
		List<Holder> leaks = situation.leaks();
		if (leaks.isEmpty()) {
			return null;
		}
		AdviceLevel least = situation.contended() ? AdviceLevel.WARNING : AdviceLevel.NOTICE;
		return Wording.of(situation, least, Advice.LEAK)
			.figure("leaks", leaks.size())
			.figure("longestHeldMillis", leaks.get(0).held().toMillis())
			.tell("%d of the connections of database '%s' have not been given back, and nothing has been executed on them for long:"
					+ " held by %s.", leaks.size(), situation.alias(),
					leaks.stream().limit(SHOWN).map(Holder::toString).collect(Collectors.joining("; ")))
			.act("Close connections where they are taken (try-with-resources), keep transactions short, and call no"
					+ " other service inside one. A larger pool would leak as well.");
	}

}
