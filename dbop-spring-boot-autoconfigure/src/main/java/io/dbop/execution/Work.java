package io.dbop.execution;

import java.util.List;
import java.util.Map;

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
	 * What the work is tagged with.
	 * @return names and values, empty if there are none
	 */
	default Map<String, String> tags() {
		return Map.of();
	}

}
