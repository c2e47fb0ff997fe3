package io.dbop.scaling;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dbop.pool.RunningStatement;
import io.dbop.pool.SlowStatement;
import org.jspecify.annotations.Nullable;

/**
 * Connections are scarce, and slow statements account for most of the time that they are
 * held. Where connections fail, those that are there have been waiting for an answer.
 */
final class SlowStatementsRule implements AdviceRule {

	private static final double MOST = 0.5;

	private static final int SHOWN = 3;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Override
	public @Nullable Advice advise(Situation situation) {
		if (!situation.contended() || situation.connectionsFail() || !situation.findings().isEmpty()) {
			return null;
		}
		double share = share(situation);
		if (share < MOST) {
			return null;
		}
		List<String> texts = texts(situation);
		return Wording.of(situation, AdviceLevel.NOTICE, Advice.SLOW_STATEMENTS)
			.figure("slowStatements", situation.lastMinute().pool().slowStatements())
			.figure("runningSlow", situation.running().size())
			.figure("shareOfHeldTime", share)
			.figure("statements", texts)
			.tell("Slow statements hold the connections of database '%s' for %.0f %% of the time: %s.",
					situation.alias(), share * 100, String.join("; ", texts))
			.act("Make these statements faster: look at their plans, at missing indexes and at the locks they wait"
					+ " for. More connections would only have the database do more of them at once.");
	}

	private static double share(Situation situation) {
		Window minute = situation.lastMinute();
		return (minute.heldNanos() > 0) ? Math.min(1, (double) minute.slowNanos() / minute.heldNanos()) : 0;
	}

	private static List<String> texts(Situation situation) {
		Stream<String> running = situation.running().stream().map(RunningStatement::text);
		Stream<String> ended = situation.slowest()
			.stream()
			.filter((each) -> each.lastAgo().compareTo(MINUTE) <= 0)
			.map(SlowStatement::text);
		return Stream.concat(running, ended).distinct().limit(SHOWN).collect(Collectors.toList());
	}

}
