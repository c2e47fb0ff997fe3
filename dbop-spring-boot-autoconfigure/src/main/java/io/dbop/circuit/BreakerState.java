package io.dbop.circuit;

/**
 * What a circuit breaker does with calls.
 */
public enum BreakerState {

	/** Calls pass, failures are counted. */
	CLOSED,

	/** Calls are refused. */
	OPEN,

	/** A few calls pass as probes, the others are refused. */
	HALF_OPEN,

	/** Someone opened it by hand: calls are refused until someone closes it. */
	FORCED_OPEN,

	/** Someone switched it off: calls pass and nothing is counted. */
	DISABLED

}
