package io.dbop.pool;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what callers of a pool met with since it was made. Live: it changes while it is
 * read. Thread-safe and free of locks.
 */
public final class PoolStatistics {

	private final LongAdder acquired = new LongAdder();

	private final LongAdder released = new LongAdder();

	private final LongAdder timeouts = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder refusals = new LongAdder();

	private final LongAdder nestedFailures = new LongAdder();

	private final LongAdder leaks = new LongAdder();

	private final LongAdder waitNanos = new LongAdder();

	private final LongAdder heldNanos = new LongAdder();

	private final LongAdder readNanos = new LongAdder();

	private final LongAdder statements = new LongAdder();

	private final LongAdder statementNanos = new LongAdder();

	private final LongAdder slowStatements = new LongAdder();

	private final LongAdder slowNanos = new LongAdder();

	private final RecentMax maxWaitNanos = new RecentMax();

	PoolStatistics() {
	}

	/**
	 * Connections that were handed out.
	 * @return the number
	 */
	public long acquired() {
		return this.acquired.sum();
	}

	/**
	 * Connections that were given back.
	 * @return the number
	 */
	public long released() {
		return this.released.sum();
	}

	/**
	 * Callers that got no connection because none was free in time, {@link #refusals()}
	 * included.
	 * @return the number
	 */
	public long timeouts() {
		return this.timeouts.sum();
	}

	/**
	 * Callers that got no connection for another reason, such as an unreachable server or
	 * a {@link PoolDeadlockException}.
	 * @return the number
	 */
	public long errors() {
		return this.errors.sum();
	}

	/**
	 * Callers that got no connection because the server had none to spare.
	 * @return the number
	 */
	public long refusals() {
		return this.refusals.sum();
	}

	/**
	 * Callers that got no second connection while they held a first: in time, or because
	 * all holders waited for one another.
	 * @return the number
	 */
	public long nestedFailures() {
		return this.nestedFailures.sum();
	}

	/**
	 * Connections that were held for so long that they were reported as forgotten.
	 * @return the number, those included that were given back later
	 */
	public long leaks() {
		return this.leaks.sum();
	}

	/**
	 * Statements that were executed, a batch being one. Zero if none is timed.
	 * @return the number
	 */
	public long statements() {
		return this.statements.sum();
	}

	/**
	 * The time that statements took, all together.
	 * @return nanoseconds
	 */
	public long totalStatementNanos() {
		return this.statementNanos.sum();
	}

	/**
	 * Statements that took at least as long as {@code dbop.slow-query.threshold}.
	 * @return the number
	 */
	public long slowStatements() {
		return this.slowStatements.sum();
	}

	/**
	 * The time that callers waited, all together, whether they got a connection or not.
	 * @return nanoseconds
	 */
	public long totalWaitNanos() {
		return this.waitNanos.sum();
	}

	/**
	 * The time that connections were held which have been given back, all together.
	 * Without those that had been reported as forgotten: they say nothing of the load.
	 * @return nanoseconds
	 */
	public long totalHeldNanos() {
		return this.heldNanos.sum();
	}

	/**
	 * The longest time that a caller waited, of those of the last one to two minutes.
	 * @return nanoseconds
	 */
	public long maxWaitNanos() {
		return this.maxWaitNanos.get(System.nanoTime());
	}

	/**
	 * All figures at one moment, as far as figures that go on changing can be.
	 * @return the figures
	 */
	public PoolCounts counts() {
		return new PoolCounts(acquired(), released(), timeouts(), errors(), refusals(), nestedFailures(),
				totalWaitNanos(), totalHeldNanos(), this.readNanos.sum(), statements(), totalStatementNanos(),
				slowStatements(), this.slowNanos.sum());
	}

	void acquired(long now, long waited) {
		this.acquired.increment();
		waited(now, waited);
	}

	void timedOut(long now, long waited) {
		this.timeouts.increment();
		waited(now, waited);
	}

	void failed(long now, long waited) {
		this.errors.increment();
		waited(now, waited);
	}

	void countRefusal() {
		this.refusals.increment();
	}

	void countNestedFailure() {
		this.nestedFailures.increment();
	}

	void released(long held, Use use) {
		this.released.increment();
		this.heldNanos.add(held);
		if (use == Use.READS) {
			this.readNanos.add(held);
		}
	}

	void countLeak() {
		this.leaks.increment();
	}

	void executed(long nanos) {
		this.statements.increment();
		this.statementNanos.add(nanos);
	}

	void slow(long nanos) {
		this.slowStatements.increment();
		this.slowNanos.add(nanos);
	}

	private void waited(long now, long nanos) {
		this.waitNanos.add(nanos);
		this.maxWaitNanos.add(now, nanos);
	}

}
