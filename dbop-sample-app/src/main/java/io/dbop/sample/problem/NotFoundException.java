package io.dbop.sample.problem;

/**
 * There is no such thing.
 */
public class NotFoundException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param kind what was looked for
	 * @param id its identifier
	 */
	public NotFoundException(String kind, Object id) {
		super("There is no %s %s".formatted(kind, id));
	}

}
