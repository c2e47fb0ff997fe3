package io.dbop.scaling;

import java.util.Collection;

import io.dbop.execution.OperationStatistics;

/**
 * What the operations of a database did, up to a moment or in a span of time. Immutable.
 *
 * @param calls calls that have ended
 * @param retries attempts that followed a first one
 */
public record CallCounts(long calls, long retries) {

	/** Nothing. */
	static final CallCounts NONE = new CallCounts(0, 0);

	static CallCounts of(Collection<OperationStatistics> operations) {
		long calls = 0;
		long retries = 0;
		for (OperationStatistics each : operations) {
			calls += each.calls();
			retries += each.retries();
		}
		return new CallCounts(calls, retries);
	}

	/**
	 * What happened between two moments.
	 * @param earlier the figures of the earlier one
	 * @return the differences
	 */
	public CallCounts since(CallCounts earlier) {
		return new CallCounts(this.calls - earlier.calls, this.retries - earlier.retries);
	}

}
