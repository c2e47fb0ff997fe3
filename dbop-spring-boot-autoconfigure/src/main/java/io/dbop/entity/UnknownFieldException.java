package io.dbop.entity;

/** A field to sort by that is not known, perhaps not yet. */
final class UnknownFieldException extends InvalidEntityException {

	private static final long serialVersionUID = 1L;

	UnknownFieldException(String entity, String field) {
		super("Entities '%s' cannot be sorted by '%s': there is no such field. Nothing was sent.".formatted(entity,
				field));
	}

}
