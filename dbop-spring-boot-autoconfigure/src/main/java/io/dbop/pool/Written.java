package io.dbop.pool;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The transactions that an attempt has written in, some of which may have ended since:
 * none is {@code null}, and most attempts have one. Immutable.
 *
 * @param transaction one of them
 * @param before those before it
 */
record Written(TransactionRecord transaction, @Nullable Written before) {

	static Written in(TransactionRecord transaction, @Nullable Written before) {
		return (before != null && has(before, transaction)) ? before : new Written(transaction, before);
	}

	/** Asked at every statement. */
	static boolean has(@Nullable Written all, TransactionRecord transaction) {
		Written each = all;
		while (each != null && each.transaction != transaction) {
			each = each.before;
		}
		return each != null;
	}

	/** Whether something is true of any. */
	static boolean anyOf(@Nullable Written all, Predicate<TransactionRecord> which) {
		for (Written each = all; each != null; each = each.before) {
			if (which.test(each.transaction)) {
				return true;
			}
		}
		return false;
	}

	/** Those of which something is true, beside others. */
	static @Nullable Written and(@Nullable Written others, @Nullable Written all, Predicate<TransactionRecord> which) {
		Written found = others;
		for (Written each = all; each != null; each = each.before) {
			if (which.test(each.transaction)) {
				found = in(each.transaction, found);
			}
		}
		return found;
	}

}
