package io.dbop.sample.problem;

/**
 * The request contradicts what is stored already.
 */
public class ConflictException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message what contradicts what
	 */
	public ConflictException(String message) {
		super(message);
	}

}
