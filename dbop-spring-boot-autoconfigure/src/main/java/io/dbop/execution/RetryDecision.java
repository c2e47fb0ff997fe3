package io.dbop.execution;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.execution.CommitVerifier.Verdict;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Decides, after a failed attempt, whether there may be another one: only if it can help,
 * and only if it cannot do anything twice.
 */
final class RetryDecision {

	/** What follows a failed attempt. */
	enum Next {

		/** The same again. */
		REPEAT,

		/** The failure goes to the caller. */
		STOP,

		/** The work landed after all: its result goes to the caller. */
		LANDED,

		/** Nobody can tell whether the work landed. */
		IN_DOUBT

	}

	private final ExecutionPlan plan;

	private final ExecutionPlan.Settings settings;

	RetryDecision(ExecutionPlan plan) {
		this.plan = plan;
		this.settings = plan.settings();
	}

	Next after(Call call, Throwable thrown) {
		if (thrown instanceof Error) {
			return stop(call, "Errors are not retried.");
		}
		if (thrown instanceof CircuitOpenException) {
			return stop(call, "The circuit breaker is open.");
		}
		Failure failure = call.judge(thrown);
		if (failure.kind() == FailureKind.STATEMENT_TIMEOUT || failure.kind() == FailureKind.ACQUISITION_TIMEOUT) {
			this.plan.statistics().timedOut();
		}
		if (failure.outcomeUnknown() && !call.onlyReads()) {
			Next resolved = resolve(call, thrown);
			if (resolved != Next.REPEAT) {
				return resolved;
			}
		}
		if (call.cancelled()) {
			return stop(call, "Its caller has cancelled it.");
		}
		if (Interrupts.interrupted(thrown)) {
			return stop(call, "The thread was interrupted.");
		}
		if (!candidate(thrown, failure)) {
			call.aftermath().unfit = true;
			return stop(call, "Failures of this kind are not retried.");
		}
		if (call.aftermath().givenUpInside(thrown)) {
			return stop(call, "A call inside this one has already been repeated as often as allowed.");
		}
		return withinTransaction(call, thrown);
	}

	private boolean candidate(Throwable thrown, Failure failure) {
		return this.plan.mayRetry(thrown) && failure.redo() != Redo.NEVER;
	}

	private Next withinTransaction(Call call, Throwable thrown) {
		if (call.repeatedByOwner()) {
			return leave(call, "The owner of the transaction repeats it.");
		}
		if (call.inOuterTransaction && !call.atSavepoint) {
			return leave(call, "It stands in a transaction of its caller, who alone can repeat it.");
		}
		if (call.inOuterTransaction && (call.undoneWith(thrown) || call.undone())) {
			return leave(call, "The failure has undone the caller's transaction, which is now rollback-only.");
		}
		if (call.entitiesBefore() != 0 && !stillLoaded(call, thrown)) {
			call.aftermath().refusal = new DetachedEntitiesException(call.alias(), this.plan.name());
			return stop(call, DetachedEntitiesException.WHY + " " + DetachedEntitiesException.WHAT_TO_DO);
		}
		if (call.committedWrites() > 0 && !this.plan.idempotent()) {
			return stop(call, "It has committed writes already and is not declared idempotent.");
		}
		if (call.writesStand() && !this.plan.idempotent()) {
			return leave(call,
					"It has written in a transaction that was there before it and is still open: whoever began that can repeat both.");
		}
		if (call.aftermath().keptInSpiteOfFailure && !this.plan.repeatable()) {
			return stop(call, "Its work was kept in spite of the failure, and it is not declared idempotent.");
		}
		if (!this.plan.retries() && call.repeatedAround()) {
			return leave(call, "It is not repeated by itself; the call around it is.");
		}
		return Next.REPEAT;
	}

	/**
	 * Whether the entities from before the call are as they were, since its transaction
	 * could not even begin. If it did, and one inside could not, its rollback has removed
	 * them.
	 */
	private boolean stillLoaded(Call call, Throwable thrown) {
		boolean transactional = (this.settings.managedBy() != null) ? call.ownsTransaction
				: this.settings.ownScope() == null && this.settings.scope() != Scope.NONE;
		return transactional && thrown instanceof CannotCreateTransactionException
				&& call.entitiesBefore() != LoadedEntities.UNKNOWN
				&& call.entitiesBefore() == this.plan.engine().transactions().sharedEntities();
	}

	/** What is to be done about a commit in doubt: to repeat it, if it has not landed. */
	private Next resolve(Call call, Throwable thrown) {
		this.plan.statistics().doubtful();
		if (this.plan.idempotent()) {
			call.aftermath().inDoubt = true;
			return Next.REPEAT;
		}
		CommitVerifier verifier = this.settings.verifier();
		Verdict verdict = (verifier != null) ? new Verification(verifier, call).verdict(thrown) : Verdict.UNKNOWN;
		call.resolved(verdict);
		call.aftermath().verdict = "Its outcome is unknown, so that it was not repeated.";
		return switch (verdict) {
			case COMMITTED -> landed(call);
			case NOT_COMMITTED -> Next.REPEAT;
			case UNKNOWN -> Next.IN_DOUBT;
		};
	}

	private Next landed(Call call) {
		if (!call.hasResult()) {
			return Next.IN_DOUBT;
		}
		this.plan.statistics().verified();
		call.aftermath().landed = true;
		return Next.LANDED;
	}

	private static Next leave(Call call, String why) {
		call.aftermath().leftToCaller = true;
		return stop(call, why);
	}

	private static Next stop(Call call, String why) {
		call.aftermath().verdict = why;
		return Next.STOP;
	}

}
