package io.dbop.sql;

/**
 * The kinds of piece that the text of a statement falls into.
 */
enum Token {

	/** Blanks and line breaks. */
	SPACE,

	/** A comment of any kind, one that some servers execute too. */
	COMMENT,

	/** A keyword or an identifier without quotes. */
	WORD,

	/** A number, with whatever letters stick to it. */
	NUMBER,

	/**
	 * A literal in quotes or dollars, without a prefix such as {@code N} or {@code X}.
	 */
	STRING,

	/** An identifier in the quotes of the database. */
	QUOTED,

	/** {@code ?}. */
	QUESTION,

	/** {@code ??}. */
	DOUBLE_QUESTION,

	/** {@code $1} or {@code ?1}. */
	NUMBERED,

	/** {@code :name}. */
	NAMED,

	/** {@code @name} or {@code $name} where the driver takes them for parameters. */
	NATIVE,

	/** {@code %s} or {@code %(name)s}. */
	PERCENT,

	/** {@code [}. */
	OPEN_BRACKET,

	/** {@code ]}. */
	CLOSE_BRACKET,

	/** An opening parenthesis. */
	OPEN,

	/** A closing parenthesis. */
	CLOSE,

	/** {@code ,}. */
	COMMA,

	/** {@code .}. */
	DOT,

	/** {@code ;}. */
	SEMICOLON,

	/** Anything else, a character or two at a time. */
	OPERATOR,

	/** There is no more. */
	END

}
