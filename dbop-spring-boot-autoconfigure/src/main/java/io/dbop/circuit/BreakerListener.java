package io.dbop.circuit;

/**
 * Hears of every change of state of a circuit breaker, in order and outside its locks, on
 * the thread whose call brought the change about. Should be quick; what it throws is
 * logged and otherwise ignored.
 */
@FunctionalInterface
public interface BreakerListener {

	/**
	 * A breaker has changed its state.
	 * @param breaker the breaker
	 * @param from the state before
	 * @param to the state after
	 */
	void stateChanged(Breaker breaker, BreakerState from, BreakerState to);

}
