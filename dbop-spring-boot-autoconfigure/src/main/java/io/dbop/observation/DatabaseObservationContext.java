package io.dbop.observation;

import io.dbop.execution.Ending;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an operation or of an attempt while it is observed. Confined to its
 * thread, as every context of an observation.
 */
public abstract sealed class DatabaseObservationContext extends Observation.Context
		permits OperationObservationContext, AttemptObservationContext {

	private final String alias;

	private final String operation;

	private @Nullable Ending ending;

	DatabaseObservationContext(String alias, String operation) {
		this.alias = alias;
		this.operation = operation;
	}

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String getAlias() {
		return this.alias;
	}

	/**
	 * The name of the operation, {@code (other)} after the first 1000 of a database.
	 * @return the name
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * How it ended. What was thrown is in there as well, in contrast to
	 * {@link #getError()}, which says no more than the keys do: its message may quote
	 * values.
	 * @return the ending, or {@code null} until then
	 */
	public @Nullable Ending getEnding() {
		return this.ending;
	}

	void ended(Ending ending) {
		this.ending = ending;
	}

}
