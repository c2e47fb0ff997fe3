package io.dbop.observation;

/** What is known of an attempt while it is observed. */
public final class AttemptObservationContext extends DatabaseObservationContext {

	private final int attempt;

	AttemptObservationContext(String alias, String operation, int attempt) {
		super(alias, operation);
		this.attempt = attempt;
	}

	/**
	 * The number of the attempt, from 1.
	 * @return the number
	 */
	public int getAttempt() {
		return this.attempt;
	}

}
