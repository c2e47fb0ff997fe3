package io.dbop.sql;

import org.jspecify.annotations.Nullable;

/**
 * Remembers of a few texts whether they read only, whether they may commit, and whether
 * they call functions that nobody knows. Asked for every statement that runs, it
 * allocates nothing for one that it knows. A text that comes to the place of another one
 * takes it. Thread-safe without locks: what is in a place is immutable, and lost at
 * worst.
 */
final class KnownTexts {

	/** Two that meet in a place are read each time. */
	private static final int PLACES = 512;

	private static final int LONG = 4096;

	/** Such as save entities with many fields. There are few, and each takes room. */
	private static final int LONG_PLACES = 32;

	/** Longer texts are made by programs, with their values in them. */
	private static final int MAX_LENGTH = 32 * 1024;

	private final @Nullable Verdict[] places = new Verdict[PLACES];

	private final @Nullable Verdict[] longPlaces = new Verdict[LONG_PLACES];

	boolean readsOnly(String sql, SqlSyntax syntax) {
		return isTooLong(sql) ? Verdict.readsOnly(sql, syntax) : verdict(sql, syntax).readsOnly;
	}

	boolean mayCommit(String sql, SqlSyntax syntax) {
		return isTooLong(sql) ? Verdict.mayCommit(sql, syntax) : verdict(sql, syntax).mayCommit;
	}

	boolean callsUnknown(String sql, SqlSyntax syntax) {
		return isTooLong(sql) ? FunctionCheck.callsUnknown(sql, syntax) : verdict(sql, syntax).callsUnknown;
	}

	/** It is not remembered: of such a text only what is asked is found out. */
	private static boolean isTooLong(String sql) {
		return sql.length() > MAX_LENGTH;
	}

	private Verdict verdict(String sql, SqlSyntax syntax) {
		@Nullable Verdict[] places = (sql.length() > LONG) ? this.longPlaces : this.places;
		int hash = sql.hashCode();
		int place = (hash ^ (hash >>> 16)) & (places.length - 1);
		Verdict known = places[place];
		if (known == null || !known.sql.equals(sql)) {
			known = Verdict.of(sql, syntax);
			places[place] = known;
		}
		return known;
	}

	private record Verdict(String sql, boolean readsOnly, boolean mayCommit, boolean callsUnknown) {

		static Verdict of(String sql, SqlSyntax syntax) {
			boolean readsOnly = readsOnly(sql, syntax);
			return new Verdict(sql, readsOnly, !readsOnly && Outline.of(sql, syntax).mayCommit(),
					FunctionCheck.callsUnknown(sql, syntax));
		}

		static boolean readsOnly(String sql, SqlSyntax syntax) {
			return new ReadOnlyCheck(sql, syntax).test();
		}

		static boolean mayCommit(String sql, SqlSyntax syntax) {
			return !readsOnly(sql, syntax) && Outline.of(sql, syntax).mayCommit();
		}

	}

}
