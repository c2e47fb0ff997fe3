package io.dbop.scaling;

import java.time.Duration;
import java.util.List;

import io.dbop.circuit.BreakerStatus;
import io.dbop.pool.Holder;
import io.dbop.pool.PoolCounts;
import io.dbop.pool.PoolStatus;
import io.dbop.pool.RunningStatement;
import io.dbop.pool.SlowStatement;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a database when advice is to be given. Immutable.
 *
 * @param alias the alias of the database, or the name of a replica
 * @param replica whether it is a replica
 * @param replicable whether replicas of it can be configured
 * @param status its pool now
 * @param acquisitionTimeout how long callers wait for a connection, {@code null} if only
 * the pool knows
 * @param lastMinute what happened in the last minute
 * @param lastFiveMinutes what happened in the last five minutes
 * @param lastQuarter what happened in the last 15 minutes
 * @param capacity what the load needs
 * @param holders who holds connections now, the longest first
 * @param leaks those of them who may have forgotten theirs
 * @param running what is executed now and is slow already, the longest first
 * @param slowest the statements that took the longest
 * @param breakers the circuit breakers of the alias
 * @param findings what the rules before have found
 */
public record Situation(String alias, boolean replica, boolean replicable, PoolStatus status,
		@Nullable Duration acquisitionTimeout, Window lastMinute, Window lastFiveMinutes, Window lastQuarter,
		Capacity capacity, List<Holder> holders, List<Holder> leaks, List<RunningStatement> running,
		List<SlowStatement> slowest, List<BreakerStatus> breakers, List<Advice> findings) {

	/** From so many timeouts in five minutes on their share tells something. */
	private static final int FEW = 5;

	/** The share of callers from which on errors are more than an accident. */
	private static final double MANY = 0.01;

	/**
	 * The band of the timeout rate: that of the last minute, if the last five minutes are
	 * as bad. So it comes when it lasts, and goes when it is over. A few timeouts are no
	 * more than mild, however few callers there were.
	 * @return the band
	 */
	public TimeoutBand band() {
		TimeoutBand lower = lower(this.lastMinute.band(), this.lastFiveMinutes.band());
		return (this.lastFiveMinutes.pool().timeouts() < FEW) ? lower(lower, TimeoutBand.MILD) : lower;
	}

	private static TimeoutBand lower(TimeoutBand one, TimeoutBand other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	/**
	 * Whether callers get no connection in time, or wait so long that they soon will not.
	 * @return whether connections are scarce
	 */
	public boolean contended() {
		return band() != TimeoutBand.NORMAL || nearTimeout();
	}

	private boolean nearTimeout() {
		return this.acquisitionTimeout != null
				&& this.lastMinute.averageWait().compareTo(this.acquisitionTimeout.dividedBy(2)) >= 0
				&& this.lastMinute.pool().acquired() > 0;
	}

	/**
	 * Whether callers get no connection for another reason than that all are in use, and
	 * more of them than for that one.
	 */
	boolean connectionsFail() {
		PoolCounts minute = this.lastMinute.pool();
		long errors = minute.errors() - minute.nestedFailures();
		return errors > 0 && errors >= minute.timeouts()
				&& errors >= MANY * (this.lastMinute.callers() + minute.errors());
	}

	/**
	 * Whether a circuit breaker of the alias lets no call through, or only probes.
	 * @return whether one is open or half-open
	 */
	public boolean breakerOpen() {
		return this.breakers.stream().anyMatch(BreakerRule::open);
	}

	Situation with(List<Advice> findings) {
		return new Situation(this.alias, this.replica, this.replicable, this.status, this.acquisitionTimeout,
				this.lastMinute, this.lastFiveMinutes, this.lastQuarter, this.capacity, this.holders, this.leaks,
				this.running, this.slowest, this.breakers, List.copyOf(findings));
	}

}
