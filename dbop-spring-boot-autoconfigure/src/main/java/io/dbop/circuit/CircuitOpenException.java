package io.dbop.circuit;

import java.time.Duration;

import io.dbop.DbopException;

/**
 * A call was refused because the circuit breaker is open: nothing was sent to the
 * database and no connection was taken. Not retried.
 */
public final class CircuitOpenException extends DbopException {

	private final String breaker;

	CircuitOpenException(String alias, String breaker, Duration remaining) {
		super(alias,
				"Circuit breaker '%s' of database '%s' is open: the call was refused and nothing was sent. "
					.formatted(breaker, alias)
						+ "It lets probes through in %d ms at the latest, or as soon as the database answers again."
							.formatted(Math.max(0, remaining.toMillis())),
				null);
		this.breaker = breaker;
	}

	/**
	 * The name of the breaker that refused the call.
	 * @return the name
	 */
	public String breaker() {
		return this.breaker;
	}

}
