package io.dbop.pool;

/**
 * What callers of a pool met with, up to a moment or in a span of time. Immutable.
 *
 * @param acquired connections that were handed out
 * @param released connections that were given back
 * @param timeouts callers that got none in time, refusals included
 * @param errors callers that got none for another reason
 * @param refusals callers that got none because the server had none to spare
 * @param nestedFailures callers that got no second connection while they held a first
 * @param waitNanos the time that callers waited, all together
 * @param heldNanos the time that the released connections were held, all together
 * @param readNanos the part of it of those that were used to read, and for nothing else
 * @param statements statements that were executed
 * @param statementNanos the time these took, all together
 * @param slowStatements those of them that were slow
 * @param slowNanos the time these took, all together
 */
public record PoolCounts(long acquired, long released, long timeouts, long errors, long refusals, long nestedFailures,
		long waitNanos, long heldNanos, long readNanos, long statements, long statementNanos, long slowStatements,
		long slowNanos) {

	/**
	 * What happened between two moments.
	 * @param earlier the figures of the earlier one
	 * @return the differences
	 */
	public PoolCounts since(PoolCounts earlier) {
		return new PoolCounts(this.acquired - earlier.acquired, this.released - earlier.released,
				this.timeouts - earlier.timeouts, this.errors - earlier.errors, this.refusals - earlier.refusals,
				this.nestedFailures - earlier.nestedFailures, this.waitNanos - earlier.waitNanos,
				this.heldNanos - earlier.heldNanos, this.readNanos - earlier.readNanos,
				this.statements - earlier.statements, this.statementNanos - earlier.statementNanos,
				this.slowStatements - earlier.slowStatements, this.slowNanos - earlier.slowNanos);
	}

}
