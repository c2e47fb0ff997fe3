package io.dbop.scaling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.dbop.circuit.BreakerStatus;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.Holder;
import io.dbop.pool.PoolCounts;
import io.dbop.pool.RunningStatement;
import org.jspecify.annotations.Nullable;

/**
 * One database, and what is remembered of it. Samples are added by one thread, reports
 * are made on any.
 */
final class WatchedDatabase {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

	private static final Duration QUARTER = Duration.ofMinutes(15);

	/** Fewer say too little of how long a connection is held. */
	private static final int ENOUGH = 20;

	private final ConnectionPool pool;

	private final Rules rules;

	private final Function<String, List<BreakerStatus>> breakers;

	private final @Nullable ServerQuestion server;

	private final SampleHistory history;

	private final Damping damping = new Damping();

	private volatile @Nullable DatabaseEngine engine;

	private volatile AdviceLevel level = AdviceLevel.OK;

	private volatile Instant since;

	WatchedDatabase(ConnectionPool pool, Rules rules, Function<String, List<BreakerStatus>> breakers,
			@Nullable Executor asking) {
		this.pool = pool;
		this.rules = rules;
		this.breakers = breakers;
		this.server = (asking != null) ? new ServerQuestion(pool, asking) : null;
		this.history = new SampleHistory(sample());
		this.since = Clock.systemUTC().instant();
	}

	ConnectionPool pool() {
		return this.pool;
	}

	void engine(DatabaseEngine engine) {
		this.engine = engine;
	}

	/**
	 * Looks at the database.
	 * @return the change of level that this look has brought about, or {@code null}
	 */
	@Nullable LevelChange look() {
		Sample now = sample();
		this.history.add(now);
		Report report = report(now);
		if (this.server != null) {
			this.server.askIfDue(now.at(), report.situation().contended());
		}
		AdviceLevel before = this.level;
		AdviceLevel after = this.damping.look(report.level());
		if (after == before) {
			return null;
		}
		this.level = after;
		this.since = Clock.systemUTC().instant();
		return new LevelChange(before, after, report(now));
	}

	Report report() {
		return report(sample());
	}

	List<Step> steps() {
		return this.history.steps();
	}

	private Report report(Sample now) {
		Situation situation = situation(now);
		List<Advice> advice = this.rules.ask(situation);
		return new Report(this.pool.alias(), advice.get(0).level(), this.since, advice, situation);
	}

	private Sample sample() {
		DatabaseEngine known = this.engine;
		long held = nanos(this.pool.activity().holders(), Holder::held);
		long slow = nanos(this.pool.activity().runningSlow(), RunningStatement::duration);
		PoolCounts counts = this.pool.statistics().counts();
		return new Sample(System.nanoTime(), counts, (known != null) ? CallCounts.of(known) : CallCounts.NONE,
				this.pool.status(), held + counts.heldNanos(), slow + counts.slowNanos());
	}

	private static <T> long nanos(List<T> all, Function<T, Duration> time) {
		return all.stream().map(time).mapToLong(Duration::toNanos).sum();
	}

	private Situation situation(Sample now) {
		Window minute = this.history.window(MINUTE, now);
		Window five = this.history.window(FIVE_MINUTES, now);
		Window quarter = this.history.window(QUARTER, now);
		List<Holder> holders = this.pool.activity().holders();
		Map<Boolean, List<Holder>> byLeaked = holders.stream()
			.collect(Collectors.partitioningBy(this.pool.activity()::leaked));
		List<Holder> leaks = Objects.requireNonNull(byLeaked.get(true));
		List<Holder> busy = Objects.requireNonNull(byLeaked.get(false));
		return new Situation(this.pool.alias(), this.pool.readOnly(), replicable(), now.status(),
				this.pool.acquisitionTimeout(), minute, five, quarter,
				capacity(now, List.of(minute, five, quarter), busy, leaks), holders, leaks,
				this.pool.activity().runningSlow(), this.pool.activity().slowestStatements(),
				this.breakers.apply(this.pool.alias()), List.of());
	}

	/** Only of those that are configured here, on a server that has any. */
	private boolean replicable() {
		return this.pool.config() != null && this.pool.knownVersion() != null
				&& this.pool.dialect().replication() != null;
	}

	/** Connections that somebody has forgotten say nothing of the load. */
	private Capacity capacity(Sample now, List<Window> windows, List<Holder> holders, List<Holder> leaks) {
		Window minute = windows.get(0);
		long forgotten = nanos(leaks, (leak) -> Duration.ofNanos(Math.min(leak.held().toNanos(), minute.nanos())));
		double inUse = Math.max(0, minute.averageInUse() - (double) forgotten / Math.max(minute.nanos(), 1));
		return Capacity.of(minute.arrivalsPerSecond(), inUse, minute.timeoutsPerSecond(), held(windows, holders),
				now.status().max(), (this.server != null) ? this.server.answer(now.at()) : null);
	}

	/**
	 * If none has been given back, those who hold theirs now tell how long it takes at
	 * least.
	 */
	private static Duration held(List<Window> windows, List<Holder> holders) {
		for (Window each : windows) {
			if (each.pool().released() >= ENOUGH) {
				return each.averageHeld();
			}
		}
		Window longest = windows.get(windows.size() - 1);
		if (longest.pool().released() > 0 || holders.isEmpty()) {
			return longest.averageHeld();
		}
		long held = 0;
		for (Holder each : holders) {
			held += each.held().toNanos();
		}
		return Duration.ofNanos(held / holders.size());
	}

}
