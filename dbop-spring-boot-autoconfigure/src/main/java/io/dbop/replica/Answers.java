package io.dbop.replica;

import org.jspecify.annotations.Nullable;

/** What databases answer to questions. */
final class Answers {

	private Answers() {
	}

	/** Whether it is a yes, as one or another database writes it. */
	static boolean yes(@Nullable String answer) {
		return answer != null && (answer.equals("1") || answer.startsWith("t"));
	}

}
