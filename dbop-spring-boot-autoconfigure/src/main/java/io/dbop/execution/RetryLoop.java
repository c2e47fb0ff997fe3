package io.dbop.execution;

import java.util.ArrayList;
import java.util.List;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.failure.FailureKind;
import io.dbop.execution.RetryDecision.Next;
import org.jspecify.annotations.Nullable;

import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.policy.NeverRetryPolicy;
import org.springframework.retry.support.RetryTemplate;

/**
 * The attempts after the first, run by Spring Retry. Its template begins with a call, so
 * the first thing it is given is the failure that is already there.
 */
final class RetryLoop implements RetryCallback<@Nullable Object, Throwable>, BackOffPolicy {

	private static final int MAX_SUPPRESSED = 10;

	private final Call call;

	private final RetryDecision decision;

	private final Stage next;

	private final List<Throwable> earlier = new ArrayList<>();

	private Throwable last;

	private Next verdict = Next.STOP;

	private final Allowance allowance;

	/** Why there is no further attempt although there could be one. */
	private @Nullable RetryOutcome refusal;

	RetryLoop(Call call, RetryDecision decision, Stage next, Throwable first) {
		this.call = call;
		this.decision = decision;
		this.next = next;
		this.last = first;
		this.allowance = new Allowance(call);
	}

	@Nullable Object run() throws Throwable {
		RetryTemplate template = new RetryTemplate();
		template.setRetryPolicy(new Policy());
		template.setBackOffPolicy(this);
		try {
			return template.execute(this);
		}
		catch (BackOffInterruptedException ex) {
			Thread.currentThread().interrupt();
			this.allowance.unused();
			this.call.aftermath().verdict = "The thread was interrupted while waiting for the next attempt.";
		}
		catch (Throwable ex) {
			if (ex != this.last) {
				this.last.addSuppressed(ex);
			}
		}
		return end();
	}

	@Override
	public @Nullable Object doWithRetry(RetryContext context) throws Throwable {
		if (context.getLastThrowable() == null) {
			decide(this.last);
			throw this.last;
		}
		Failure before = this.call.judge(this.last);
		try {
			this.call.beginNextAttempt();
			return this.next.run(this.call);
		}
		catch (Throwable ex) {
			if (this.call.aftermath().refused) {
				throw refused(ex, before);
			}
			Throwable failure = Unmasked.of(ex);
			if (failure != this.last) {
				this.earlier.add(this.last);
			}
			decide(failure);
			throw failure;
		}
		finally {
			if (!this.call.aftermath().refused) {
				this.call.plan.statistics().retried();
			}
		}
	}

	/**
	 * The breaker has been opened meanwhile, by the very failures of this call it may be:
	 * they tell more than the refusal.
	 */
	private Throwable refused(Throwable refusal, Failure before) {
		this.last.addSuppressed(refusal);
		this.call.aftermath().attempt--;
		this.call.aftermath().judged(this.last, before);
		this.verdict = Next.STOP;
		this.refusal = RetryOutcome.REFUSED;
		this.allowance.unused();
		this.call.aftermath().verdict = "The circuit breaker opened meanwhile and refused another attempt.";
		return this.last;
	}

	private void decide(Throwable failure) {
		this.last = failure;
		count(failure);
		this.verdict = this.decision.after(this.call, failure);
		if (this.verdict == Next.REPEAT) {
			this.refusal = this.allowance.refusal(this.call.judge(failure));
			this.verdict = (this.refusal == null) ? Next.REPEAT : Next.STOP;
		}
	}

	/** Once for each failed attempt, however many calls its failure passes through. */
	private void count(Throwable failure) {
		if (!(failure instanceof CircuitOpenException) && !this.call.aftermath().failedInside(failure)) {
			Failure judged = this.call.judge(failure);
			judged.pool().failures().add(judged.kind());
			if (judged.kind() == FailureKind.READ_ONLY_SERVER) {
				judged.pool().noteReadOnlyServer();
			}
		}
	}

	@Override
	public @Nullable BackOffContext start(RetryContext context) {
		return null;
	}

	@Override
	public void backOff(@Nullable BackOffContext context) throws BackOffInterruptedException {
		Reports.retrying(this.call, this.last, this.allowance.delay());
		try {
			this.call.plan.engine().sleep(this.allowance.delay());
		}
		catch (InterruptedException ex) {
			throw new BackOffInterruptedException("Interrupted between two attempts", ex);
		}
	}

	private @Nullable Object end() throws Throwable {
		if (this.verdict == Next.LANDED) {
			return this.call.result();
		}
		countOutcome();
		Throwable thrown = this.last;
		boolean inDoubt = this.verdict == Next.IN_DOUBT || this.call.aftermath().inDoubt;
		if (inDoubt && !(thrown instanceof CommitOutcomeUnknownException)) {
			thrown = new CommitOutcomeUnknownException(this.call.alias(), this.call.plan.name(), this.last);
		}
		RetryBudgetExhaustedException denial = this.allowance.denial();
		if (denial != null) {
			thrown.addSuppressed(denial);
		}
		Throwable told = this.call.aftermath().refusal;
		if (told != null) {
			thrown.addSuppressed(told);
		}
		int from = Math.max(0, this.earlier.size() - MAX_SUPPRESSED);
		for (Throwable each : this.earlier.subList(from, this.earlier.size())) {
			if (each != thrown) {
				thrown.addSuppressed(each);
			}
		}
		throw thrown;
	}

	private void countOutcome() {
		boolean repeated = this.call.attempt() > 1;
		RetryOutcome outcome = this.refusal;
		if (outcome == null) {
			outcome = this.call.aftermath().leftToCaller ? RetryOutcome.LEFT : RetryOutcome.STOPPED;
		}
		boolean needsRepetition = outcome == RetryOutcome.EXHAUSTED || outcome == RetryOutcome.STOPPED;
		if (repeated || !needsRepetition) {
			this.call.plan.statistics().ended(outcome);
		}
	}

	/** Goes by the verdict on the last attempt; the counting is ours. */
	private final class Policy extends NeverRetryPolicy {

		@Override
		public boolean canRetry(RetryContext context) {
			return context.getLastThrowable() == null || RetryLoop.this.verdict == Next.REPEAT;
		}

	}

}
