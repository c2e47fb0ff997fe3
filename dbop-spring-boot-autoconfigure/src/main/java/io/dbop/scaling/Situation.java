package io.dbop.scaling;

import java.time.Duration;
import java.util.List;

import io.dbop.circuit.BreakerStatus;
import io.dbop.pool.Holder;
import io.dbop.pool.PoolStatus;
import io.dbop.pool.RunningStatement;
import io.dbop.pool.SlowStatement;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a database when advice is to be given. Immutable.
 *
 * @param alias the alias of the database
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
public record Situation(String alias, PoolStatus status, @Nullable Duration acquisitionTimeout, Window lastMinute,
		Window lastFiveMinutes, Window lastQuarter, Capacity capacity, List<Holder> holders, List<Holder> leaks,
		List<RunningStatement> running, List<SlowStatement> slowest, List<BreakerStatus> breakers,
		List<Advice> findings) {

	/**
	 * The band of the timeout rate: that of the last minute, if the last five minutes are
	 * as bad. So it comes when it lasts, and goes when it is over.
	 * @return the band
	 */
	public TimeoutBand band() {
		TimeoutBand minute = this.lastMinute.band();
		TimeoutBand five = this.lastFiveMinutes.band();
		return (minute.compareTo(five) <= 0) ? minute : five;
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
	 * Whether a circuit breaker of the alias lets no call through, or only probes.
	 * @return whether one is open or half-open
	 */
	public boolean breakerOpen() {
		return this.breakers.stream().anyMatch(BreakerRule::open);
	}

	Situation with(List<Advice> findings) {
		return new Situation(this.alias, this.status, this.acquisitionTimeout, this.lastMinute, this.lastFiveMinutes,
				this.lastQuarter, this.capacity, this.holders, this.leaks, this.running, this.slowest, this.breakers,
				List.copyOf(findings));
	}

}
