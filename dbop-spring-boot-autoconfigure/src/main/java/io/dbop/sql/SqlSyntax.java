package io.dbop.sql;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How one kind of database writes SQL. Immutable to those who use it; a dialect has one
 * object of it for good, since translations are cached by it.
 */
public final class SqlSyntax {

	private static final SqlSyntax STANDARD = new SqlSyntax('"',
			EnumSet.of(Feature.ARRAYS, Feature.RETURN_ENDS_COMMENT), QuestionMark.SINGLE, 128, false);

	private static final int SHOWN = 20;

	private final char identifierQuote;

	private final EnumSet<Feature> features;

	/** The same, for those who ask all the time. */
	private final int featureBits;

	private final KnownTexts knownTexts = new KnownTexts();

	private final QuestionMark questionMark;

	private final int maxIdentifier;

	private final boolean maxInBytes;

	private SqlSyntax(char identifierQuote, EnumSet<Feature> features, QuestionMark questionMark, int maxIdentifier,
			boolean maxInBytes) {
		this.identifierQuote = identifierQuote;
		this.features = features;
		this.featureBits = features.stream().mapToInt(Feature::bit).sum();
		this.questionMark = questionMark;
		this.maxIdentifier = maxIdentifier;
		this.maxInBytes = maxInBytes;
	}

	/**
	 * The SQL standard: {@code "identifiers"} of up to 128 characters, {@code 'literals'}
	 * with doubled quotes, {@code --} and block comments that do not nest, arrays.
	 * @return the syntax
	 */
	public static SqlSyntax standard() {
		return STANDARD;
	}

	/**
	 * A copy with more features.
	 * @param more the features
	 * @return the copy
	 */
	public SqlSyntax with(Feature... more) {
		EnumSet<Feature> all = EnumSet.copyOf(this.features);
		all.addAll(List.of(more));
		return new SqlSyntax(this.identifierQuote, all, this.questionMark, this.maxIdentifier, this.maxInBytes);
	}

	/**
	 * A copy without some features.
	 * @param fewer the features
	 * @return the copy
	 */
	public SqlSyntax without(Feature... fewer) {
		EnumSet<Feature> all = EnumSet.copyOf(this.features);
		all.removeAll(Set.of(fewer));
		return new SqlSyntax(this.identifierQuote, all, this.questionMark, this.maxIdentifier, this.maxInBytes);
	}

	/**
	 * A copy with another quote around identifiers.
	 * @param quote the quote, doubled within an identifier
	 * @return the copy
	 */
	public SqlSyntax withIdentifierQuote(char quote) {
		return new SqlSyntax(quote, this.features, this.questionMark, this.maxIdentifier, this.maxInBytes);
	}

	/**
	 * A copy that writes literal question marks in another way.
	 * @param written what becomes of {@code ??}
	 * @return the copy
	 */
	public SqlSyntax withQuestionMark(QuestionMark written) {
		return new SqlSyntax(this.identifierQuote, this.features, written, this.maxIdentifier, this.maxInBytes);
	}

	/**
	 * A copy with another limit to identifiers.
	 * @param characters the most characters
	 * @return the copy
	 */
	public SqlSyntax withMaxIdentifierCharacters(int characters) {
		return new SqlSyntax(this.identifierQuote, this.features, this.questionMark, characters, false);
	}

	/**
	 * A copy with another limit to identifiers.
	 * @param bytes the most bytes in UTF-8
	 * @return the copy
	 */
	public SqlSyntax withMaxIdentifierBytes(int bytes) {
		return new SqlSyntax(this.identifierQuote, this.features, this.questionMark, bytes, true);
	}

	/**
	 * Whether the database has a feature.
	 * @param feature the feature
	 * @return whether it has
	 */
	public boolean has(Feature feature) {
		return (this.featureBits & feature.bit()) != 0;
	}

	/**
	 * Where names have quotes of their own, SQLite takes others for those of a literal.
	 */
	boolean mayQuoteValues(char quote) {
		return quote == '"' && this.identifierQuote != quote;
	}

	QuestionMark questionMark() {
		return this.questionMark;
	}

	/**
	 * Quotes an identifier, so that it is taken as it is, whatever it holds.
	 * @param identifier the name of a table or column, say
	 * @return the identifier in quotes, those within it doubled
	 * @throws IllegalArgumentException if it is empty, holds a NUL or half a character
	 * (or a backslash, where literals have them), or is longer than the database keeps
	 */
	public String quote(String identifier) {
		String fault = faultOf(identifier);
		if (fault != null) {
			throw new IllegalArgumentException(fault);
		}
		String quote = String.valueOf(this.identifierQuote);
		return quote + identifier.replace(quote, quote + quote) + quote;
	}

	/**
	 * Whether a statement certainly reads only, judged by its keywords; a text of several
	 * statements if each does. In doubt it is taken for a write.
	 * @param sql the statement
	 * @return whether it is a pure read
	 */
	public boolean readsOnly(String sql) {
		return this.knownTexts.readsOnly(sql, this);
	}

	/**
	 * Whether a text is certainly done as a whole or not at all, where it commits by
	 * itself: not a call of a procedure, which may commit what it has done so far, and
	 * not several statements, unless the database makes one transaction of them.
	 * @param sql the statement
	 * @return whether a failure leaves nothing of it behind
	 */
	public boolean atomic(String sql) {
		return Outline.of(sql, this).atomic();
	}

	/**
	 * Whether a text may commit the transaction that it stands in: it says so, or it is
	 * of a kind that the database does not do in transactions, or calls a procedure that
	 * might. In doubt it may.
	 * @param sql the statement
	 * @return whether what was done before it may stand, whatever comes after it
	 */
	public boolean mayCommit(String sql) {
		return this.knownTexts.mayCommit(sql, this);
	}

	/**
	 * Whether a text calls a function that is not known to write nothing: one that is no
	 * usual function of a database, or is named together with its schema. In doubt it
	 * does.
	 * @param sql the statement
	 * @return whether it may write although it reads
	 */
	public boolean callsUnknown(String sql) {
		return this.knownTexts.callsUnknown(sql, this);
	}

	/**
	 * A statement without its values, to be shown: each literal is a question mark, and
	 * comments are gone.
	 * @param sql the statement
	 * @return its text, which need not be a statement any more
	 */
	public String withoutValues(String sql) {
		return new Redaction(sql, this).text();
	}

	/**
	 * What keeps a text from being a condition that can be put into parentheses, whatever
	 * stands around them: comments, semicolons, parentheses without their counterpart.
	 * @param condition the text
	 * @return what is wrong, {@code null} if nothing is
	 */
	public @Nullable String faultOfCondition(String condition) {
		return new ConditionCheck(condition, this).fault();
	}

	/** What is wrong with an identifier, or {@code null}. */
	@Nullable String faultOf(String identifier) {
		if (identifier.isEmpty()) {
			return "an identifier is empty";
		}
		String held = heldBy(identifier);
		if (held != null) {
			return "the identifier '%s' holds %s".formatted(shown(identifier), held);
		}
		int size = sizeOf(identifier);
		return (size <= this.maxIdentifier) ? null : "the identifier '%s' has %d %s; this database keeps %d"
			.formatted(shown(identifier), size, this.maxInBytes ? "bytes" : "characters", this.maxIdentifier);
	}

	/** In the unit of the limit; short ones need not be counted to be within it. */
	private int sizeOf(String identifier) {
		int length = identifier.length();
		if (length * 3L <= this.maxIdentifier) {
			return length;
		}
		return this.maxInBytes ? identifier.getBytes(StandardCharsets.UTF_8).length
				: identifier.codePointCount(0, length);
	}

	private @Nullable String heldBy(String identifier) {
		if (identifier.indexOf(0) >= 0) {
			return "a NUL";
		}
		if (hasHalfCharacter(identifier)) {
			return "half a character";
		}
		if (identifier.indexOf('\\') >= 0 && has(Feature.BACKSLASH_ESCAPES)) {
			return "a backslash, which drivers take for an escape";
		}
		return null;
	}

	private static boolean hasHalfCharacter(String identifier) {
		for (int i = 0; i < identifier.length(); i++) {
			int c = identifier.codePointAt(i);
			if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
				return true;
			}
			i += Character.charCount(c) - 1;
		}
		return false;
	}

	private static String shown(String identifier) {
		String name = identifier.codePoints()
			.limit(SHOWN)
			.map((c) -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? '\uFFFD' : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		return (identifier.codePointCount(0, identifier.length()) > SHOWN) ? name + "..." : name;
	}

	/**
	 * What becomes of {@code ??}, the literal question mark.
	 */
	public enum QuestionMark {

		/** It stays: the driver takes {@code ??} for a question mark, as pgjdbc does. */
		DOUBLED,

		/** It becomes {@code ?}. */
		SINGLE,

		/** It is refused: to this database every question mark is a parameter. */
		NONE

	}

	/**
	 * What a database has beyond the SQL of 1992, each in the places where that matters
	 * to finding markers.
	 */
	public enum Feature {

		/**
		 * Arrays: {@code a[1]}, {@code ARRAY[1, 2]}. Without, each {@code [} begins a
		 * name.
		 */
		ARRAYS,

		/** {@code ??(} and {@code ??)} are the brackets of an array. */
		BRACKET_TRIGRAPHS,

		/** A backslash in a literal takes the next character with it. */
		BACKSLASH_ESCAPES,

		/** {@code E'it\'s'}. */
		ESCAPE_STRINGS,

		/** {@code "..."} is a literal like {@code '...'}. */
		DOUBLE_QUOTED_STRINGS,

		/** {@code `...`} is an identifier. */
		BACKTICK_IDENTIFIERS,

		/** {@code $$...$$}. */
		DOLLAR_QUOTES,

		/** {@code $tag$...$tag$}. */
		TAGGED_DOLLAR_QUOTES,

		/** Block comments hold block comments. */
		NESTED_COMMENTS,

		/** {@code # ...} is a comment. */
		HASH_COMMENTS,

		/** {@code // ...} is a comment. */
		SLASH_COMMENTS,

		/** {@code --} is a comment only before a blank. */
		DASHES_NEED_BLANK,

		/** A carriage return alone ends a comment that goes to the end of its line. */
		RETURN_ENDS_COMMENT,

		/** {@code @name} and {@code $name} are parameters to the driver. */
		NATIVE_NAMES,

		/** {@code $1} in the body of a routine or in PREPARE is the database's own. */
		NUMBERED_ARGUMENTS,

		/** {@code SET STATEMENT name=value FOR statement}. */
		STATEMENT_SETTINGS,

		/** The statements of a text that reads or changes rows are one transaction. */
		ATOMIC_TEXTS,

		/** Of a text with several statements the driver runs the first alone. */
		ONE_STATEMENT_TEXTS,

		/**
		 * What is not about rows is part of the transaction as well, such as
		 * {@code CREATE TABLE}. Without, it commits what was done before.
		 */
		TRANSACTIONAL_DEFINITIONS;

		private int bit() {
			return 1 << ordinal();
		}

	}

}
