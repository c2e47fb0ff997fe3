package io.dbop.execution;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an operation has done since the start: counted without locks, read at any time.
 * Calls nested in a call on the same database are counted by themselves as well.
 */
public final class OperationStatistics {

	private final String operation;

	private final LongAdder succeeded = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder rejected = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final Map<RetryOutcome, LongAdder> outcomes = new EnumMap<>(RetryOutcome.class);

	private final LongAdder unpaid = new LongAdder();

	private final LongAdder doubtful = new LongAdder();

	private final LongAdder verified = new LongAdder();

	private final LongAdder timeouts = new LongAdder();

	OperationStatistics(String operation) {
		this.operation = operation;
		for (RetryOutcome each : RetryOutcome.values()) {
			this.outcomes.put(each, new LongAdder());
		}
	}

	void succeeded(long nanos) {
		this.succeeded.increment();
		this.nanos.add(nanos);
	}

	void failed(long nanos) {
		this.failed.increment();
		this.nanos.add(nanos);
	}

	void rejected() {
		this.rejected.increment();
	}

	void retried() {
		this.retries.increment();
	}

	void ended(RetryOutcome outcome) {
		outcome(outcome).increment();
	}

	/** The call pays nothing into the retry budget. */
	void unpaid() {
		this.unpaid.increment();
	}

	void doubtful() {
		this.doubtful.increment();
	}

	void verified() {
		this.verified.increment();
	}

	void timedOut() {
		this.timeouts.increment();
	}

	/**
	 * The name of the operation.
	 * @return the name
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * How many calls have ended, one way or the other.
	 * @return the number of calls
	 */
	public long calls() {
		return this.succeeded.sum() + this.failed.sum();
	}

	/**
	 * How many calls succeeded.
	 * @return the number of calls
	 */
	public long successes() {
		return this.succeeded.sum();
	}

	/**
	 * How many calls threw in the end, refusals and business exceptions included; those
	 * whose caller got a default in its place, too.
	 * @return the number of calls
	 */
	public long failures() {
		return this.failed.sum();
	}

	/**
	 * How many calls an open circuit breaker refused, at their first attempt or at a
	 * later one. They are among the failures.
	 * @return the number of calls
	 */
	public long rejections() {
		return this.rejected.sum();
	}

	/**
	 * How many attempts followed a first one. Those that a circuit breaker refused were
	 * not made.
	 * @return the number of attempts
	 */
	public long retries() {
		return this.retries.sum();
	}

	/**
	 * How many calls that were repeated, or would have been if they had been let, ended
	 * so.
	 * @param outcome how they ended
	 * @return the number of calls
	 */
	public long outcomes(RetryOutcome outcome) {
		return outcome(outcome).sum();
	}

	/**
	 * How many calls succeeded after more than one attempt.
	 * @return the number of calls
	 */
	public long recoveries() {
		return outcomes(RetryOutcome.RECOVERED);
	}

	/**
	 * How many calls failed although they had been repeated as often, or as long, as
	 * allowed. Those that a circuit breaker cut short are not among them.
	 * @return the number of calls
	 */
	public long exhaustions() {
		return outcomes(RetryOutcome.EXHAUSTED);
	}

	/**
	 * How many calls pay into the retry budget: those that reached the database, and are
	 * not part of a call that is repeated as a whole.
	 */
	long payingCalls() {
		return calls() - this.unpaid.sum();
	}

	private LongAdder outcome(RetryOutcome outcome) {
		return Objects.requireNonNull(this.outcomes.get(outcome));
	}

	/**
	 * How many commits had an unknown outcome, resolved ones included.
	 * @return the number of commits
	 */
	public long doubtfulCommits() {
		return this.doubtful.sum();
	}

	/**
	 * How many doubtful commits a verifier found to have landed.
	 * @return the number of commits
	 */
	public long verifiedCommits() {
		return this.verified.sum();
	}

	/**
	 * How many attempts failed because a statement or the attempt ran out of time, or no
	 * connection was had in time.
	 * @return the number of attempts
	 */
	public long timeouts() {
		return this.timeouts.sum();
	}

	/**
	 * The time that all calls took together, waits included.
	 * @param unit the unit of the answer
	 * @return the time
	 */
	public double totalTime(TimeUnit unit) {
		return this.nanos.sum() / (double) unit.toNanos(1);
	}

}
