package io.dbop.circuit;

import java.time.Duration;

import io.dbop.DbopException;

/**
 * A call was refused because the circuit breaker is open: nothing was sent to the
 * database and no connection was taken. Not retried.
 * <p>
 * It has no stack trace: an open breaker throws it for every call, and it tells of the
 * database, not of the code that was refused.
 */
public final class CircuitOpenException extends DbopException {

	private final String breaker;

	private final Duration retryAfter;

	private CircuitOpenException(String alias, String breaker, Duration retryAfter, String message) {
		super(alias, message, null);
		this.breaker = breaker;
		this.retryAfter = retryAfter;
	}

	static CircuitOpenException open(String alias, String breaker, Duration remaining) {
		return new CircuitOpenException(alias, breaker, remaining,
				refusedBy(alias, breaker, "open") + "It lets probes through in " + remaining.toMillis()
						+ " ms at the latest. Try again then; see why the database failed before it opened.");
	}

	static CircuitOpenException probing(String alias, String breaker) {
		return new CircuitOpenException(alias, breaker, Duration.ZERO, refusedBy(alias, breaker, "half-open")
				+ "Its probes are under way and decide whether it closes. Try again shortly.");
	}

	static CircuitOpenException forced(String alias, String breaker) {
		return new CircuitOpenException(alias, breaker, Duration.ZERO, refusedBy(alias, breaker, "forced open")
				+ "It was opened by hand and stays so until it is closed by hand.");
	}

	private static String refusedBy(String alias, String breaker, String state) {
		return "Circuit breaker '" + breaker + "' of database '" + alias + "' is " + state
				+ ": the call was refused and nothing was sent. ";
	}

	/**
	 * The name of the breaker that refused the call.
	 * @return the name
	 */
	public String breaker() {
		return this.breaker;
	}

	/**
	 * When the next call may pass at the latest, fit for an HTTP {@code Retry-After}.
	 * @return the time to wait, zero if that depends on probes under way or on someone's
	 * hand
	 */
	public Duration retryAfter() {
		return this.retryAfter;
	}

	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
