package io.dbop.circuit;

import java.time.Instant;

/**
 * What a call gets when it enters a {@link Breaker} and has to hand back with its
 * outcome: it stands for the period between two changes of state in which the call
 * entered. An outcome counts only within that period, so that a call which entered while
 * the breaker was closed is never taken for a probe, nor a straggler of an earlier round
 * of probes for one of the present. Immutable, shared by all calls of the period.
 */
public final class Pass {

	final BreakerState state;

	final Instant since;

	final long sinceNanos;

	Pass(BreakerState state, Instant since, long sinceNanos) {
		this.state = state;
		this.since = since;
		this.sinceNanos = sinceNanos;
	}

	/**
	 * Whether the call is one of the few that decide whether a half-open breaker closes.
	 * Every such call has to report an outcome.
	 * @return whether it is a probe
	 */
	public boolean isProbe() {
		return this.state == BreakerState.HALF_OPEN;
	}

	boolean letsAllThrough() {
		return this.state == BreakerState.CLOSED || this.state == BreakerState.DISABLED;
	}

}
