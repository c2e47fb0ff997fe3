package io.dbop.sql;

import io.dbop.DbopException;

/**
 * A statement cannot be translated; it was not sent. The message says where and why, and
 * what to write instead. It holds no more of the statement than the marker or the name at
 * fault.
 */
public final class InvalidSqlException extends DbopException {

	private final int offset;

	InvalidSqlException(String alias, String sql, int offset, String reason) {
		super(alias, "A statement for '%s' was not sent: %s, %s".formatted(alias, TextPosition.of(sql, offset), reason),
				null);
		this.offset = offset;
	}

	/**
	 * Where in the statement the fault is.
	 * @return the offset in characters, from 0
	 */
	public int offset() {
		return this.offset;
	}

}
