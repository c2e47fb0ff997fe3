package io.dbop.statement;

import java.util.Map;

import io.dbop.dialect.StatementLimits;
import org.jspecify.annotations.Nullable;

/**
 * How a statement is to be run. Immutable.
 *
 * @param name the name of its operation, {@code null} if it has none
 * @param limits its limits
 * @param tags its tags
 * @param idempotent whether to run it twice is the same as to run it once
 * @param readOnly whether it was declared to read only
 * @param maxRetries the number of additional attempts, {@code null} for the alias's
 * @param fetchSize how many rows are fetched at a time, 0 for what is usual
 * @param maxRows after how many rows the result ends, 0 for no such end
 */
record StatementOptions(@Nullable String name, StatementLimits limits, Map<String, String> tags, boolean idempotent,
		boolean readOnly, @Nullable Integer maxRetries, int fetchSize, int maxRows) {

	private static final String OPERATION = "operation";

	/** The name of the operation, if it has been given one. */
	@Nullable String operation() {
		return (this.name != null) ? this.name : this.tags.get(OPERATION);
	}

}
