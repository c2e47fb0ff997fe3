package io.dbop.pool;

import java.time.Duration;

/**
 * Acquisitions of a pool during the last minutes.
 *
 * @param span how far it looks back
 * @param acquisitions connections that were handed out
 * @param timeouts callers that got none in time
 */
public record AcquisitionWindow(Duration span, long acquisitions, long timeouts) {

	/**
	 * The share of callers that got no connection in time.
	 * @return a number from 0 to 1, and 0 if there were no callers
	 */
	public double timeoutRate() {
		long callers = this.acquisitions + this.timeouts;
		return (callers != 0) ? (double) this.timeouts / callers : 0;
	}

}
