package io.dbop.scaling;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Connections are scarce because the load needs more of them than the pool has, and
 * nothing else explains it.
 */
final class PoolSizeRule implements AdviceRule {

	/**
	 * Below this share of the time that connections are held they mostly wait for code.
	 */
	private static final double LITTLE = 0.5;

	@Override
	public @Nullable Advice advise(Situation situation) {
		Capacity capacity = situation.capacity();
		if (!situation.contended() || situation.connectionsFail() || explained(situation) || !full(situation)) {
			return null;
		}
		Window minute = situation.lastMinute();
		return Wording.of(situation, AdviceLevel.NOTICE, Advice.POOL_TOO_SMALL)
			.capacity(capacity)
			.next(situation)
			.tell("The load on database '%s' needs about %.1f connections (%.1f callers a second, each for %.1f ms),"
					+ " and its pool has %s" + (capacity.exceeded() ? "" : ", enough were it even") + ": %s.",
					situation.alias(), capacity.connections(), capacity.arrivalsPerSecond(),
					capacity.held().toNanos() / 1e6, capacity.poolMax(), symptom(situation, minute))
			.act(held(minute) + action(situation));
	}

	/**
	 * A leak explains it only if the connections that are left were too few for nobody.
	 */
	private static boolean explained(Situation situation) {
		boolean leaksOnly = situation.findings().stream().allMatch((each) -> each.cause().equals(Advice.LEAK));
		return !situation.findings().isEmpty() && !(leaksOnly && situation.capacity().exceeded());
	}

	/** A pool that could still grow lacks something else. */
	private static boolean full(Situation situation) {
		Integer total = situation.status().total();
		Integer max = situation.status().max();
		return situation.capacity().exceeded() || total == null || max == null || total >= max;
	}

	private static String symptom(Situation situation, Window minute) {
		Duration limit = situation.acquisitionTimeout();
		if (situation.band() == TimeoutBand.NORMAL && limit != null) {
			return "callers wait %d ms for one on average, of the %d ms that they may"
				.formatted(minute.averageWait().toMillis(), limit.toMillis());
		}
		return String.format(Locale.ROOT, "%.1f %% of the callers got none in time in the last minute",
				minute.timeoutRate() * 100);
	}

	/** What the band says of servers is for those for whom there are connections. */
	private static String first(Situation situation) {
		Integer room = situation.capacity().room();
		boolean noRoom = situation.capacity().beyondDatabase() || (room != null && room == 0);
		if (situation.band() == TimeoutBand.NORMAL) {
			return "Hold connections for less long" + (noRoom ? "." : ", or allow the pool more.");
		}
		return noRoom ? "" : situation.band().action();
	}

	private static String action(Situation situation) {
		Capacity capacity = situation.capacity();
		StringBuilder text = new StringBuilder(first(situation));
		Double utilisation = capacity.utilisation();
		if (capacity.exceeded() && utilisation != null) {
			text.append(String.format(Locale.ROOT,
					" The load of this server needs %d servers with pools of %d: %.2f times its connections.",
					capacity.servers(), capacity.poolMax(), utilisation));
		}
		ServerConnections server = capacity.server();
		if (server != null && capacity.room() != null) {
			text.append(" The database has connections for %d more such servers (%d of %d in use)."
				.formatted(capacity.room(), server.inUse(), server.max()));
		}
		return text.append(NextStep.sentences(situation)).toString().strip();
	}

	private static String held(Window minute) {
		long held = minute.pool().heldNanos();
		double share = (held > 0) ? (double) minute.pool().statementNanos() / held : 1;
		return (minute.pool().statements() > 0 && share < LITTLE)
				? ("Keep connections for less long, and call no other service meanwhile: statements are executed for only"
						+ " %.0f %% of the time that they are held. ")
					.formatted(share * 100)
				: "";
	}

}
