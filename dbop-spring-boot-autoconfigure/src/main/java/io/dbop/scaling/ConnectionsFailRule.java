package io.dbop.scaling;

import org.jspecify.annotations.Nullable;

/**
 * Callers get no connection although there could be more of them: the database is out of
 * reach, does not answer or takes long to open one. Where a circuit breaker is open, that
 * tells it.
 */
final class ConnectionsFailRule implements AdviceRule {

	@Override
	public @Nullable Advice advise(Situation situation) {
		boolean unexplained = situation.findings().isEmpty() && situation.contended();
		boolean failing = situation.connectionsFail()
				&& situation.findings().stream().allMatch((each) -> each.cause().equals(Advice.LEAK));
		if (situation.breakerOpen() || !(unexplained || failing)) {
			return null;
		}
		Window minute = situation.lastMinute();
		boolean all = minute.pool().acquired() == 0;
		return Wording.of(situation, all ? AdviceLevel.CRITICAL : AdviceLevel.WARNING, Advice.CONNECTIONS_FAIL)
			.figure("errors", minute.pool().errors())
			.tell("%d callers of database '%s' got no connection in the last minute, and %d got one: not because all"
					+ " were in use, as far as the pool tells.", minute.pool().errors() + minute.pool().timeouts(),
					situation.alias(), minute.pool().acquired())
			.act("See why connections cannot be opened (the exceptions tell): is the database up, can it be reached,"
					+ " does it answer in time, are the credentials right?");
	}

}
