package io.dbop.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

	private Duration delay = Duration.ZERO;

	RetryLoop(Call call, RetryDecision decision, Stage next, Throwable first) {
		this.call = call;
		this.decision = decision;
		this.next = next;
		this.last = first;
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
		this.call.attempt--;
		this.call.aftermath().judged(this.last, before);
		this.verdict = Next.STOP;
		this.call.aftermath().verdict = "The circuit breaker opened meanwhile and refused another attempt.";
		return this.last;
	}

	private void decide(Throwable failure) {
		this.last = failure;
		this.verdict = this.decision.after(this.call, failure);
		if (this.verdict == Next.REPEAT && !another()) {
			this.verdict = Next.STOP;
			if (this.call.attempt > 1) {
				this.call.plan.statistics().exhausted();
			}
		}
	}

	/** Whether an attempt is left, and time for it. */
	private boolean another() {
		ExecutionPlan plan = this.call.plan;
		RetrySettings settings = plan.settings().retry();
		if (this.call.attempt > settings.maxRetries()) {
			this.call.aftermath().verdict = "No attempt is left (%d of %d).".formatted(this.call.attempt,
					1 + settings.maxRetries());
			return false;
		}
		Duration wait = plan.engine().backoff(settings).after(this.call.attempt);
		if (this.call.inOuterTransaction && wait.compareTo(settings.maxDelayInTransaction()) > 0) {
			wait = settings.maxDelayInTransaction();
		}
		long end = Deadlines.earlier(this.call.deadline(), this.call.startedAt + settings.totalTimeout().toNanos());
		if (plan.engine().now() + wait.toNanos() - end >= 0) {
			this.call.aftermath().verdict = "No time is left for another attempt.";
			return false;
		}
		this.delay = wait;
		return true;
	}

	@Override
	public @Nullable BackOffContext start(RetryContext context) {
		return null;
	}

	@Override
	public void backOff(@Nullable BackOffContext context) throws BackOffInterruptedException {
		Reports.retrying(this.call, this.last, this.delay);
		try {
			this.call.plan.engine().sleep(this.delay);
		}
		catch (InterruptedException ex) {
			throw new BackOffInterruptedException("Interrupted between two attempts", ex);
		}
	}

	private @Nullable Object end() throws Throwable {
		if (this.verdict == Next.LANDED) {
			return this.call.result;
		}
		Throwable thrown = this.last;
		boolean inDoubt = this.verdict == Next.IN_DOUBT || this.call.aftermath().inDoubt;
		if (inDoubt && !(thrown instanceof CommitOutcomeUnknownException)) {
			thrown = new CommitOutcomeUnknownException(this.call.alias(), this.call.plan.name(), this.last);
		}
		int from = Math.max(0, this.earlier.size() - MAX_SUPPRESSED);
		for (Throwable each : this.earlier.subList(from, this.earlier.size())) {
			thrown.addSuppressed(each);
		}
		throw thrown;
	}

	/** Goes by the verdict on the last attempt; the counting is ours. */
	private final class Policy extends NeverRetryPolicy {

		@Override
		public boolean canRetry(RetryContext context) {
			return context.getLastThrowable() == null || RetryLoop.this.verdict == Next.REPEAT;
		}

	}

}
