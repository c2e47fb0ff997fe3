package io.dbop.entity;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * A field has values of one type, and was given one of another that cannot be with them.
 * Nothing has been saved.
 */
public class EntityTypeException extends DataIntegrityViolationException {

	private static final long serialVersionUID = 1L;

	private final String entity;

	private final String field;

	/**
	 * Creates the exception.
	 * @param entity the name of the entity
	 * @param field the name of the field
	 * @param message what types they are, and what to do
	 */
	public EntityTypeException(String entity, String field, String message) {
		super(message);
		this.entity = entity;
		this.field = field;
	}

	/**
	 * The entity.
	 * @return its name
	 */
	public String entity() {
		return this.entity;
	}

	/**
	 * The field.
	 * @return its name
	 */
	public String field() {
		return this.field;
	}

}
