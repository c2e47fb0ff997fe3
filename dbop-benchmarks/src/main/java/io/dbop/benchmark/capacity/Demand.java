package io.dbop.benchmark.capacity;

import java.util.ArrayList;
import java.util.List;

import io.dbop.scaling.Advice;
import io.dbop.scaling.TimeoutBand;

/**
 * What must hold of an outcome.
 */
final class Demand {

	/** Up to here nobody may be turned away: beyond it a queue need not drain. */
	private static final double BELOW = 0.95;

	/** From here on a queue only grows. */
	private static final double ABOVE = 1.05;

	private static final double REACHED = 0.97;

	/** By how much two who count the same minute from two sides may differ. */
	private static final double COUNTED = 0.01;

	private final Outcome outcome;

	private final List<String> missed = new ArrayList<>();

	private Demand(Outcome outcome) {
		this.outcome = outcome;
	}

	/** What does not hold, in a sentence each. */
	static List<String> missed(Outcome outcome) {
		Demand demand = new Demand(outcome);
		demand.check();
		return demand.missed;
	}

	private void check() {
		double load = this.outcome.row().load();
		Figures figures = this.outcome.figures();
		demand(figures.failed() == 0, "%d questions failed", figures.failed());
		double reachable = Math.min(load, 1);
		demand(this.outcome.share() >= REACHED * reachable, "%.1f %% of the limit were reached, not %.1f %%",
				this.outcome.share() * 100, REACHED * reachable * 100);
		if (load <= BELOW) {
			demand(figures.turnedAway() == 0, "%d users were turned away", figures.turnedAway());
		}
		for (int i = 0; i < this.outcome.readings().size(); i++) {
			check(this.outcome.readings().get(i), this.outcome.lastMinute().get(i).timeoutRate());
		}
	}

	private void check(Reading reading, double rate) {
		demand(Math.abs(reading.rate() - rate) <= COUNTED, "the endpoint counted %.2f %% of timeouts, users %.2f %%",
				reading.rate() * 100, rate * 100);
		demand(reading.band() == TimeoutBand.of(reading.rate()), "%s is not the band of %.2f %%", reading.band(),
				reading.rate() * 100);
		double load = this.outcome.row().load();
		if (load <= BELOW) {
			demand(reading.cause().equals(Advice.HEALTHY), "the advice below the limit is %s", reading.cause());
		}
		else if (load >= ABOVE) {
			checkAbove(reading, load);
		}
	}

	private void checkAbove(Reading reading, double load) {
		TimeoutBand band = TimeoutBand.of(1 - 1 / load);
		demand(reading.band() == band && reading.level().equals(band.name()), "band %s and level %s are not %s",
				reading.band(), reading.level(), band);
		if (this.outcome.row().allowed() != null) {
			demand(reading.action().contains("shards"), "the advice is %s", reading.action());
			return;
		}
		demand(reading.cause().equals(Advice.POOL_TOO_SMALL), "the advice above the limit is %s", reading.cause());
		// A connection is held for a little more than 100 ms.
		demand(reading.servers() >= Math.ceil(load) && reading.servers() <= Math.ceil(load / REACHED),
				"%d servers are advised for %.2f times the load of one", reading.servers(), load);
	}

	private void demand(boolean holds, String format, Object... arguments) {
		if (!holds) {
			this.missed.add(this.outcome.row() + ": " + format.formatted(arguments));
		}
	}

}
