package io.dbop.dialect;

/**
 * The kinds of columns that entities have. Each names the one Java type in which values
 * go to such a column and come from it, whatever the database makes of it.
 */
public enum ColumnType {

	/**
	 * What a row is found by: {@code String}, compared as it is, character by character.
	 */
	KEY,

	/** {@code Boolean}. */
	BOOLEAN,

	/** {@code Integer}. */
	INTEGER,

	/** {@code Long}. */
	BIGINT,

	/** {@code BigDecimal}. */
	NUMERIC,

	/** {@code Double}. */
	DOUBLE,

	/** {@code String} of any length, compared as it is. */
	TEXT,

	/** {@code byte[]}. */
	BYTES,

	/** {@code UUID}. */
	UUID,

	/** {@code LocalDate}. */
	DATE,

	/** {@code LocalTime}. */
	TIME,

	/** {@code LocalDateTime}. */
	DATETIME,

	/** {@code Instant}. */
	INSTANT,

	/** {@code String} that holds a JSON document. */
	JSON

}
