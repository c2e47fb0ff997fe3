package io.dbop.entity;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names entities and fields may have: those that are the same on every database.
 */
final class EntityNames {

	/** What follows the name of an entity in the name of the table of its history. */
	static final String HISTORY = "_history";

	/** Where the types of fields are recorded. */
	static final String FIELDS_TABLE = "dbop_fields";

	/** As many bytes as PostgreSQL keeps of a name. */
	private static final int MAX_BYTES = 63;

	private static final int MAX_ID = 255;

	private static final int SHOWN = 30;

	private static final Pattern MARKS = Pattern.compile("\\p{M}");

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{Mn}_$-][\\p{L}\\p{N}\\p{Mn}_$ .-]*");

	/** Columns that some database has by itself. */
	private static final Set<String> TAKEN = Set.of("xmin", "xmax", "cmin", "cmax", "ctid", "tableoid", "rowid", "oid",
			"_rowid_", "_widened", "db_row_id", "db_trx_id", "db_roll_ptr");

	/** Who has more has names that are data. */
	private static final int MAX_NAMES = 2000;

	/** Those that have been checked and found right. */
	private static final MadeOnce RIGHT_ENTITIES = new MadeOnce(MAX_NAMES);

	private static final MadeOnce RIGHT_FIELDS = new MadeOnce(MAX_NAMES);

	private static final MadeOnce FOLDED = new MadeOnce(MAX_NAMES);

	private EntityNames() {
	}

	static void checkEntity(String name) {
		RIGHT_ENTITIES.get(name, EntityNames::checkedEntity);
	}

	private static String checkedEntity(String name) {
		check("entity", name, MAX_BYTES - HISTORY.length());
		String lower = name.toLowerCase(Locale.ROOT);
		if (lower.endsWith(HISTORY)) {
			throw invalid("entity", name, "ends with '%s', as the tables of histories do".formatted(HISTORY));
		}
		if (lower.startsWith("dbop_") || lower.startsWith("sqlite_") || lower.startsWith("pg_")) {
			throw invalid("entity", name, "begins like a table that is not an entity's");
		}
		if (name.indexOf('.') >= 0) {
			throw invalid("entity", name, "holds a point");
		}
		return name;
	}

	/**
	 * Refuses what cannot be the name of a field.
	 * @return what it has in common with names that some database takes for the same
	 */
	static String checkField(String name) {
		return RIGHT_FIELDS.get(name, (given) -> folded(checkedField(given)));
	}

	private static String checkedField(String name) {
		check("field", name, MAX_BYTES);
		String lower = name.toLowerCase(Locale.ROOT);
		for (SystemColumn column : SystemColumn.values()) {
			if (lower.equals(column.columnName())) {
				throw invalid("field", name, "is the name of a column that every entity has");
			}
		}
		if (TAKEN.contains(lower)) {
			throw invalid("field", name, "is the name of a column that a database has by itself");
		}
		return name;
	}

	private static void check(String what, String name, int maxBytes) {
		if (!NAME.matcher(name).matches() || name.endsWith(" ") || name.endsWith(".") || !inBasicPlane(name)) {
			throw invalid(what, name, "is not made of letters, digits, '_', '$', '-', and blanks or points within it");
		}
		int bytes = name.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > maxBytes) {
			throw invalid(what, name, "has %d bytes; %d is the most".formatted(bytes, maxBytes));
		}
	}

	/** Letters beyond are none to MySQL. */
	private static boolean inBasicPlane(String name) {
		return name.chars().noneMatch((c) -> Character.isSurrogate((char) c));
	}

	/**
	 * What names have in common that some database takes for the same: it may tell upper
	 * case from lower no more than a letter from the same with an accent.
	 */
	static String folded(String name) {
		return FOLDED.get(name, EntityNames::fold);
	}

	private static String fold(String name) {
		boolean plain = name.chars().allMatch((c) -> c < 0x80);
		String letters = plain ? name : MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
		return letters.toLowerCase(Locale.ROOT);
	}

	static void checkId(String entity, String id) {
		if (id.length() > MAX_ID || !isPlain(id)) {
			checkUnusualId(entity, id);
		}
	}

	/** Whether there are letters, digits and signs of ASCII alone. */
	private static boolean isPlain(String id) {
		for (int i = 0; i < id.length(); i++) {
			if (id.charAt(i) < ' ' || id.charAt(i) > '~') {
				return false;
			}
		}
		return true;
	}

	private static void checkUnusualId(String entity, String id) {
		if (id.codePointCount(0, id.length()) > MAX_ID) {
			throw new InvalidEntityException(
					"An id of '%s' has more than %d characters. Nothing was sent.".formatted(entity, MAX_ID));
		}
		if (id.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
			throw new InvalidEntityException(
					"An id of '%s' holds a NUL or half a character. Nothing was sent.".formatted(entity));
		}
	}

	private static InvalidEntityException invalid(String what, String name, String why) {
		return new InvalidEntityException("'%s' cannot be the name of %s: it %s. Nothing was sent."
			.formatted(shown(name), what.equals("entity") ? "an entity" : "a field", why));
	}

	private static String shown(String name) {
		StringBuilder shown = new StringBuilder();
		name.codePoints()
			.limit(SHOWN)
			.map((c) -> Character.isLetterOrDigit(c) || c == '_' || c == ' ' ? c : '.')
			.forEach(shown::appendCodePoint);
		return (name.codePointCount(0, name.length()) > SHOWN) ? shown + "..." : shown.toString();
	}

}
