package io.dbop.autoconfigure;

/** An interface extends {@code EntityRepository} and cannot be a bean. */
final class InvalidRepositoryException extends RuntimeException {

	private final String action;

	InvalidRepositoryException(Class<?> type, String reason, String action) {
		super("The entity repository %s cannot be made: %s.".formatted(type.getName(), reason));
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
