package io.dbop.sample.problem;

import java.net.URI;

import io.dbop.execution.CommitOutcomeUnknownException;

/**
 * Something may be done or not, and it can be asked later which.
 */
public class InDoubtException extends RuntimeException {

	private final URI lookAt;

	/**
	 * Creates the exception.
	 * @param lookAt where it can be asked later
	 * @param cause why it is in doubt
	 */
	public InDoubtException(URI lookAt, CommitOutcomeUnknownException cause) {
		super("It is not known whether %s is there".formatted(lookAt), cause);
		this.lookAt = lookAt;
	}

	URI lookAt() {
		return this.lookAt;
	}

}
