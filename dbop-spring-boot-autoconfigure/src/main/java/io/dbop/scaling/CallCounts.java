package io.dbop.scaling;

import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.OperationStatistics;
import io.dbop.execution.RetryOutcome;

/**
 * What the operations of a database did, up to a moment or in a span of time. Immutable.
 *
 * @param calls calls that have ended
 * @param retries attempts that followed a first one
 * @param denied retries that were not made because the retry budget was used up
 * @param loneWrites writes that were committed each by itself, and could have been
 * committed together
 */
public record CallCounts(long calls, long retries, long denied, long loneWrites) {

	/** Nothing. */
	static final CallCounts NONE = new CallCounts(0, 0, 0, 0);

	static CallCounts of(DatabaseEngine engine) {
		long calls = 0;
		long retries = 0;
		long denied = 0;
		for (OperationStatistics each : engine.statistics()) {
			calls += each.calls();
			retries += each.retries();
			denied += each.outcomes(RetryOutcome.DENIED);
		}
		return new CallCounts(calls, retries, denied, engine.writes().committedAlone());
	}

	/**
	 * What happened between two moments.
	 * @param earlier the figures of the earlier one
	 * @return the differences
	 */
	public CallCounts since(CallCounts earlier) {
		return new CallCounts(this.calls - earlier.calls, this.retries - earlier.retries, this.denied - earlier.denied,
				this.loneWrites - earlier.loneWrites);
	}

}
