package io.dbop.execution;

import java.time.Duration;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.execution.CommitVerifier.Verdict;
import io.dbop.failure.Classification;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.AttemptLedger;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Has a verifier look for the work of a call. What made the outcome unknown often keeps
 * the verifier from looking, too: while the database cannot be reached it is asked again,
 * for as long as the call might begin another attempt. Confined to the calling thread.
 */
final class Verification {

	private static final Log logger = LogFactory.getLog(Verification.class);

	private final CommitVerifier verifier;

	private final Call call;

	private final RetrySettings settings;

	private final long end;

	Verification(CommitVerifier verifier, Call call) {
		this.verifier = verifier;
		this.call = call;
		this.settings = call.plan.settings().retry();
		this.end = Deadlines.earlier(call.deadline(), call.startedAt + this.settings.totalTimeout().toNanos());
	}

	/**
	 * Asks, not by the deadline of the call, which may be the very reason for the doubt.
	 * @param doubt what it is about, which gets what the verifier throws in the end
	 * @return the answer; {@link Verdict#UNKNOWN} if there is none
	 */
	Verdict verdict(Throwable doubt) {
		long deadline = this.call.deadline();
		this.call.deadline(AttemptLedger.NO_DEADLINE);
		try {
			return ask();
		}
		catch (Exception ex) {
			Interrupts.interrupted(ex);
			FailedExtension
				.warn(logger,
						"Commit verifier " + this.verifier.getClass().getName() + " could not tell whether '"
								+ this.call.plan.name() + "' on database '" + this.call.alias() + "' was committed",
						ex);
			doubt.addSuppressed(ex);
			return Verdict.UNKNOWN;
		}
		finally {
			this.call.deadline(deadline);
		}
	}

	private Verdict ask() throws Exception {
		for (int asked = 1;; asked++) {
			try {
				return this.call.verifiedBy(this.verifier);
			}
			catch (Exception ex) {
				if (Interrupts.interrupted(ex) || this.call.cancelled() || !passes(ex) || !pause(asked)) {
					throw ex;
				}
			}
		}
	}

	/** Whether it is the state of the database, and not the verifier, that fails. */
	private boolean passes(Exception failure) {
		if (failure instanceof CircuitOpenException) {
			return true;
		}
		Classification classification = SqlExceptionChain.classify(failure,
				this.call.plan.engine().pool().knownDialect()::classify);
		return classification != null && classification.redo() != Redo.NEVER;
	}

	/** Waits as between two attempts, if there is time left to. */
	private boolean pause(int asked) throws InterruptedException {
		DatabaseEngine engine = this.call.plan.engine();
		Duration delay = engine.backoff(this.settings).after(asked);
		if (engine.now() + delay.toNanos() - this.end >= 0) {
			return false;
		}
		engine.sleep(delay);
		return true;
	}

}
