package io.dbop.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What helps a database further than more application servers do. */
public enum NextStep {

	/** Replicas that take reads: where connections are mostly held to read. */
	REPLICAS,

	/**
	 * Writes that are committed as a group: where most callers save a single entity.
	 */
	GROUP_WRITES,

	/**
	 * A cluster, or shards: where the database has no connections for more servers.
	 */
	CLUSTER_OR_SHARDS;

	/** From this share on a kind of load is worth an answer of its own. */
	private static final double MUCH = 0.5;

	/** From this share of the connections on that there may be the limit is near. */
	private static final double NEAR = 0.8;

	/**
	 * The steps that would help, those first that cost the least.
	 * @param situation the figures of the database
	 * @return the steps, none if there are better means
	 */
	public static List<NextStep> of(Situation situation) {
		List<NextStep> steps = new ArrayList<>();
		if (situation.lastMinute().loneWriteShare() >= MUCH) {
			steps.add(GROUP_WRITES);
		}
		if (situation.lastMinute().readShare() >= MUCH && (situation.replica() || situation.replicable())) {
			steps.add(REPLICAS);
		}
		if (nearLimit(situation)) {
			steps.add(CLUSTER_OR_SHARDS);
		}
		return steps;
	}

	private static boolean nearLimit(Situation situation) {
		ServerConnections server = situation.capacity().server();
		return situation.lastMinute().pool().refusals() > 0 || situation.capacity().beyondDatabase()
				|| (server != null && server.inUse() >= NEAR * server.max());
	}

	/** What the steps are, and what they would relieve the database of. */
	static String sentences(Situation situation) {
		StringBuilder text = new StringBuilder();
		of(situation).forEach((each) -> text.append(' ').append(each.sentence(situation)));
		return text.toString();
	}

	private String sentence(Situation situation) {
		Window minute = situation.lastMinute();
		return switch (this) {
			case REPLICAS ->
				situation.replica() ? "Another replica would take a part of these reads." : String.format(Locale.ROOT,
						"Reads hold the connections for %.0f %% of the time, %.1f of the %.1f that are needed: replicas"
								+ " (dbop.databases.%s.replicas) take those of them that are declared read-only.",
						minute.readShare() * 100, minute.readShare() * situation.capacity().connections(),
						situation.capacity().connections(), situation.alias());
			case GROUP_WRITES -> String.format(Locale.ROOT,
					"%.0f %% of the callers save a single entity (%.1f a second): a writer (entities.writer) commits"
							+ " many of those together.",
					minute.loneWriteShare() * 100, minute.loneWritesPerSecond());
			case CLUSTER_OR_SHARDS -> "What the database has left of connections is not enough for more servers: raise"
					+ " its limit if it has the memory, or put a pooler in front; then a cluster, whose nodes share"
					+ " connections and reads, or shards, which share the writes as well, are next.";
		};
	}

}
