package io.dbop.scaling;

import org.jspecify.annotations.Nullable;

/**
 * The database has no connection to spare: it refused some, or says so itself while
 * callers wait for one that the pool might still open.
 */
final class ConnectionLimitRule implements AdviceRule {

	@Override
	public @Nullable Advice advise(Situation situation) {
		long refusals = situation.lastMinute().pool().refusals();
		ServerConnections server = situation.capacity().server();
		boolean full = server != null && server.room() == 0 && situation.contended() && mayGrow(situation);
		if (refusals == 0 && !full) {
			return null;
		}
		return Wording.of(situation, AdviceLevel.WARNING, Advice.DATABASE_CONNECTION_LIMIT)
			.figure("refusals", refusals)
			.server(server)
			.next(situation)
			.tell("Database '%s' has no connection to spare%s: %s.", situation.alias(),
					(refusals > 0) ? " and refused some" : "",
					(server != null) ? "%d of the %d that its %s may have are in use".formatted(server.inUse(),
							server.max(), server.scope()) : "how many it has, it could not be asked")
			.act("More servers or larger pools make this worse. See who holds its connections, and make pools smaller"
					+ " where they idle." + NextStep.sentences(situation));
	}

	private static boolean mayGrow(Situation situation) {
		Integer total = situation.status().total();
		Integer max = situation.status().max();
		return total != null && max != null && total < max;
	}

}
