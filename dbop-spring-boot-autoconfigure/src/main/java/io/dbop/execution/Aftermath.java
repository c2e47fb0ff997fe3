package io.dbop.execution;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * What is not as it is with most calls, such as all that is known from the first failure
 * on: they need no room for it. Confined to the calling thread.
 */
final class Aftermath {

	/** The number of the attempt that runs, or was the last. */
	int attempt = 1;

	/** Why no further attempt was made, for the log. */
	String verdict = "";

	/** The same, for whoever gets the failure, where the log is not enough. */
	@Nullable Throwable refusal;

	/** Whether the circuit breaker refused the attempt, which was not made then. */
	boolean refused;

	/** Whether the outcome of an attempt that was repeated nonetheless is unknown. */
	boolean inDoubt;

	/** Whether the work of a failed attempt was kept, as its rules want it. */
	boolean keptInSpiteOfFailure;

	/** Whether a failure was not retried here because whoever is around has to do it. */
	boolean leftToCaller;

	/** {@link Call#rollbackOnly()}, of the attempt. */
	boolean rollbackOnly;

	/** {@link Call#entitiesBefore()}, known from the beginning if there are any. */
	int entitiesBefore;

	/** Whether the work of an attempt whose commit was in doubt has landed. */
	boolean landed;

	/** Whether a hook or a listener runs now, and not the work. */
	boolean extended;

	/** What gives hooks the connection of the attempt, where that is a single one. */
	@Nullable DataSource dataSource;

	/** Whether failures of this kind are not repeated by this call. */
	boolean unfit;

	/** The last failure of a call nested in this one of which something has been said. */
	@Nullable Throwable toldInside;

	/** The last failure that a call nested in this one has already given up on. */
	@Nullable Throwable givenUpInside;

	/** The last failure that a call nested in this one has ended with. */
	@Nullable Throwable failedInside;

	private @Nullable Throwable judged;

	private @Nullable Failure failure;

	Failure judge(Call call, Throwable thrown) {
		Failure known = this.failure;
		if (known == null || this.judged != thrown) {
			known = call.plan.engine().judge().judge(call, thrown);
			judged(thrown, known);
		}
		return known;
	}

	/** Keeps what was found while the connections of the attempt could still tell. */
	void judged(Throwable thrown, Failure failure) {
		this.judged = thrown;
		this.failure = failure;
	}

	void beginNextAttempt() {
		this.attempt++;
		this.rollbackOnly = false;
		this.judged = null;
		this.failure = null;
	}

	/** Whether calls around this one may repeat what it has not, or not even tried to. */
	boolean openToOthers() {
		return this.leftToCaller || this.unfit;
	}

	/** Whether this failure is one of which a nested call has already said something. */
	boolean toldInside(Throwable thrown) {
		return contains(thrown, this.toldInside);
	}

	/** Whether this failure is one that a call nested in this one has given up on. */
	boolean givenUpInside(Throwable thrown) {
		return contains(thrown, this.givenUpInside);
	}

	/** Whether a call nested in this one has ended with this failure, and counted it. */
	boolean failedInside(Throwable thrown) {
		return contains(thrown, this.failedInside);
	}

	private static boolean contains(Throwable thrown, @Nullable Throwable inside) {
		for (Throwable each = thrown; each != null && inside != null; each = each.getCause()) {
			if (each == inside) {
				return true;
			}
		}
		return false;
	}

}
