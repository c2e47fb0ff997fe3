package io.dbop.circuit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the log of breakers that open and close.
 */
final class BreakerLog implements BreakerListener {

	private static final Log logger = LogFactory.getLog(Breaker.class);

	@Override
	public void stateChanged(Breaker breaker, BreakerState from, BreakerState to) {
		String message = "Circuit breaker '" + breaker.name() + "' of database '" + breaker.alias() + "' ";
		BreakerSettings settings = breaker.settings();
		switch (to) {
			case OPEN -> logger.warn(message + "is open "
					+ ((from == BreakerState.HALF_OPEN) ? "again, a probe has failed"
							: "(failure-threshold: " + settings.failureThreshold() + " within "
									+ settings.window().toMillis() + " ms)")
					+ ": calls are refused for " + settings.recoveryTimeout().toMillis() + " ms at most");
			case HALF_OPEN -> logger.info(message + "is half-open: probes are let through (half-open-max-calls: "
					+ settings.halfOpenMaxCalls() + ")");
			case CLOSED -> logger.info(message + "is closed: calls pass again");
			case FORCED_OPEN -> logger.warn(message + "was forced open: calls are refused until it is closed by hand");
			case DISABLED -> logger.warn(message + "was switched off: calls pass and failures are not counted");
		}
	}

}
