package io.dbop.sample.problem;

/**
 * A rule of the business forbids the request. Nothing was done.
 */
public abstract class RefusedException extends RuntimeException {

	private final String rule;

	/**
	 * Creates the exception.
	 * @param rule a short name of the rule, for programs
	 * @param message what was refused and why, for people
	 */
	protected RefusedException(String rule, String message) {
		super(message);
		this.rule = rule;
	}

	String rule() {
		return this.rule;
	}

}
