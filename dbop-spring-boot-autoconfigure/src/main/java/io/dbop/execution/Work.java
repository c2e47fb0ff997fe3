package io.dbop.execution;

import java.util.List;
import java.util.Map;

import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

/**
 * What a plan runs: called once per attempt.
 */
@FunctionalInterface
public interface Work {

	/**
	 * Does the work.
	 * @param attempt the number of the attempt, from 1
	 * @return the result
	 * @throws Throwable if it fails
	 */
	@Nullable Object perform(int attempt) throws Throwable;

	/**
	 * What the work was called with.
	 * @return the arguments, empty if there are none that could be told
	 */
	default List<@Nullable Object> arguments() {
		return List.of();
	}

	/**
	 * Whether the deadline of the call is all that limits the time of its statements, in
	 * place of what is usual on their database.
	 * @return whether a statement may take longer than the configuration says
	 */
	default boolean limitsStatements() {
		return false;
	}

	/**
	 * Whether the work takes part in a transaction that neither the pipeline nor the
	 * transaction manager has begun: whoever has alone can repeat it.
	 * @return whether its statements do not commit by themselves
	 */
	default boolean inTransaction() {
		return false;
	}

	/**
	 * What the work is tagged with.
	 * @return names and values, empty if there are none
	 */
	default Map<String, String> tags() {
		return Map.of();
	}

	/**
	 * The parameters of the one statement that the work executes, for the log of slow
	 * statements. Asked only when it was slow.
	 * @return the parameters, or {@code null} if they are not known or the work may
	 * execute other statements too
	 */
	default @Nullable List<StatementParameter> statementParameters() {
		return null;
	}

}
