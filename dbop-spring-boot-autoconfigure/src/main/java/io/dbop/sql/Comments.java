package io.dbop.sql;

/**
 * The comments that are none.
 */
final class Comments {

	private Comments() {
	}

	/** Whether MySQL or MariaDB may execute it: {@code /*!} and {@code /*M!}. */
	static boolean mayBeExecuted(String text, int start) {
		return text.startsWith("!", start + 2) || text.startsWith("M!", start + 2);
	}

}
