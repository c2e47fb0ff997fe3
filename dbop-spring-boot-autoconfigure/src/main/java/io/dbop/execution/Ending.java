package io.dbop.execution;

import java.sql.SQLException;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * How an operation, or an attempt of it, ended, and what its failure means.
 *
 * @param outcome how it ended
 * @param attempts how many attempts were made; of an attempt, its number
 * @param kind what the failure was, {@code null} if there was none, or if nothing was
 * attempted
 * @param sqlState what the driver said of it, as it said it
 * @param thrown what was thrown, {@code null} if nothing was; its message may quote
 * values
 */
public record Ending(Outcome outcome, int attempts, @Nullable FailureKind kind, @Nullable String sqlState,
		@Nullable Throwable thrown) {

	static Ending ofOperation(Call call) {
		return new Ending(call.landed() ? Outcome.VERIFIED : Outcome.SUCCESS, call.attempt(), null, null, null);
	}

	static Ending ofOperation(Call call, Throwable thrown) {
		boolean refused = call.aftermath().refused;
		if (refused && thrown instanceof CircuitOpenException) {
			return new Ending(Outcome.REFUSED, 0, null, null, thrown);
		}
		if (thrown instanceof CommitOutcomeUnknownException) {
			return failed(Outcome.UNKNOWN, call, thrown);
		}
		return failed(refused ? Outcome.REFUSED : Outcome.FAILURE, call, thrown);
	}

	static Ending ofAttempt(Call call) {
		return new Ending(Outcome.SUCCESS, call.attempt(), null, null, null);
	}

	static Ending ofAttempt(Call call, Throwable thrown) {
		boolean unknown = call.judge(thrown).outcomeUnknown() && !call.onlyReads();
		return failed(unknown ? Outcome.UNKNOWN : Outcome.FAILURE, call, thrown);
	}

	private static Ending failed(Outcome outcome, Call call, Throwable thrown) {
		Failure failure = call.judge(thrown);
		SQLException exception = failure.exception();
		return new Ending(outcome, call.attempt(), failure.kind(), (exception != null) ? exception.getSQLState() : null,
				thrown);
	}

}
