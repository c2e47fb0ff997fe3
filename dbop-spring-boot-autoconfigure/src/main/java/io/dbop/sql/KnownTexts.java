package io.dbop.sql;

import org.jspecify.annotations.Nullable;

/**
 * Remembers of a few texts whether they read only. Asked for every statement that runs,
 * it allocates nothing for one that it knows. A text that comes to the place of another
 * one takes it. Thread-safe without locks: what is in a place is immutable, and lost at
 * worst.
 */
final class KnownTexts {

	private static final int PLACES = 256;

	/** Longer texts are made by programs, with their values in them. */
	private static final int MAX_LENGTH = 4096;

	private final @Nullable Verdict[] places = new Verdict[PLACES];

	boolean readsOnly(String sql, SqlSyntax syntax) {
		if (sql.length() > MAX_LENGTH) {
			return new ReadOnlyCheck(sql, syntax).test();
		}
		int hash = sql.hashCode();
		int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
		Verdict known = this.places[place];
		if (known != null && known.sql.equals(sql)) {
			return known.readsOnly;
		}
		boolean readsOnly = new ReadOnlyCheck(sql, syntax).test();
		this.places[place] = new Verdict(sql, readsOnly);
		return readsOnly;
	}

	private record Verdict(String sql, boolean readsOnly) {
	}

}
