package io.dbop.observation;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.database.Database;
import io.dbop.execution.ExecutionSpec;
import io.dbop.execution.RetryBudgetExhaustedException;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.pool.AcquisitionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a database and counts what it sees of it: its attempts, what they failed with,
 * and what it got in the end. It looks at nothing that dbop counts.
 */
final class WorkloadClient {

	private static final Map<String, FailureKind> KINDS = Map.of("23505", FailureKind.CONSTRAINT, "40001",
			FailureKind.SERIALIZATION, "40P01", FailureKind.DEADLOCK, "53200", FailureKind.OUT_OF_RESOURCES, "57014",
			FailureKind.STATEMENT_TIMEOUT);

	private final Database database;

	private final String alias;

	private final Tally tally;

	WorkloadClient(Database database, Tally tally) {
		this.database = database;
		this.alias = database.alias();
		this.tally = tally;
	}

	/** Makes a call and counts all that there is to be seen of it. */
	void call(int maxRetries, Consumer<ExecutionSpec<Object>> spec, Attempt body) {
		call(maxRetries, spec, body, true);
	}

	/** The same in a transaction that is there already. */
	void callWithin(int maxRetries, Consumer<ExecutionSpec<Object>> spec, Attempt body) {
		call(maxRetries, spec, body, false);
	}

	private void call(int maxRetries, Consumer<ExecutionSpec<Object>> spec, Attempt body, boolean takesConnection) {
		AtomicInteger attempts = new AtomicInteger();
		Throwable thrown = null;
		try {
			this.database.<Object, Exception>execute((each) -> {
				each.named("call")
					.maxRetries(maxRetries)
					.initialDelay(Duration.ofMillis(1))
					.classifier(Simulated::kind);
				spec.accept(each);
			}, () -> {
				if (takesConnection) {
					connection();
				}
				attempt(attempts.incrementAndGet(), body);
			});
		}
		catch (Throwable ex) {
			thrown = ex;
		}
		this.tally.add(this.alias, "dbop.operations");
		if (thrown instanceof AcquisitionTimeoutException || causedBy(thrown, AcquisitionTimeoutException.class)) {
			attempts.set(1 + maxRetries);
			acquisitionTimeouts(attempts.get());
		}
		this.tally.add(this.alias, "dbop.retries", Math.max(0, attempts.get() - 1));
		ended(attempts.get(), 1 + maxRetries, thrown, takesConnection);
	}

	void connection() {
		this.tally.add(this.alias, "dbop.connections.acquired");
		this.tally.add(this.alias, "dbop.connections.released");
		this.tally.add(this.alias, "dbop.connections.held");
		this.tally.add(this.alias, "dbop.connections.acquire");
	}

	private void acquisitionTimeouts(int attempts) {
		for (int i = 0; i < attempts; i++) {
			this.tally.add(this.alias, "dbop.connections.timeouts");
			this.tally.add(this.alias, "dbop.connections.acquire");
			error(FailureKind.ACQUISITION_TIMEOUT);
		}
	}

	private void attempt(int number, Attempt body) throws Exception {
		try {
			body.run(number);
		}
		catch (Exception ex) {
			error(kind(ex));
			throw ex;
		}
	}

	private void error(FailureKind kind) {
		this.tally.error(this.alias, kind);
		if (kind == FailureKind.STATEMENT_TIMEOUT || kind == FailureKind.ACQUISITION_TIMEOUT) {
			this.tally.add(this.alias, "dbop.operations.timeouts");
		}
	}

	private void ended(int attempts, int most, @Nullable Throwable thrown, boolean repeatable) {
		if (thrown == null) {
			if (attempts > 1) {
				this.tally.outcome(this.alias, "recovered");
			}
			return;
		}
		this.tally.add(this.alias, "dbop.operations.failures");
		if (thrown instanceof CircuitOpenException || suppressed(thrown, CircuitOpenException.class)) {
			this.tally.add(this.alias, "dbop.operations.rejections");
			this.tally.add(this.alias, "dbop.circuit.refused");
		}
		String outcome = outcome(attempts, most, thrown, repeatable);
		if (outcome != null) {
			this.tally.outcome(this.alias, outcome);
		}
	}

	private @Nullable String outcome(int attempts, int most, Throwable thrown, boolean repeatable) {
		if (suppressed(thrown, CircuitOpenException.class)) {
			return "refused";
		}
		if (suppressed(thrown, RetryBudgetExhaustedException.class)) {
			this.tally.add(this.alias, "dbop.retry.budget.denied");
			return "denied";
		}
		if (!repeatable) {
			return "left";
		}
		if (attempts <= 1) {
			return null;
		}
		return (attempts == most) ? "exhausted" : "stopped";
	}

	private static FailureKind kind(Throwable thrown) {
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			if (each instanceof Simulated simulated) {
				return simulated.kind;
			}
			if (each instanceof SQLException sql) {
				return kind(sql);
			}
		}
		return FailureKind.APPLICATION;
	}

	/** SQLite has codes in place of states. */
	private static FailureKind kind(SQLException exception) {
		if (exception.getSQLState() == null) {
			return (exception.getErrorCode() == 19) ? FailureKind.CONSTRAINT : FailureKind.STATEMENT_TIMEOUT;
		}
		return Objects.requireNonNull(KINDS.get(exception.getSQLState()), exception::toString);
	}

	private static boolean suppressed(Throwable thrown, Class<?> type) {
		return Arrays.stream(thrown.getSuppressed()).anyMatch(type::isInstance);
	}

	private static boolean causedBy(@Nullable Throwable thrown, Class<?> type) {
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			if (type.isInstance(each)) {
				return true;
			}
		}
		return false;
	}

	/** The work of a call. */
	@FunctionalInterface
	interface Attempt {

		void run(int number) throws Exception;

	}

	/** A failure that passes, on databases that do not fail on demand. */
	static final class Simulated extends RuntimeException {

		private final FailureKind kind;

		Simulated(FailureKind kind) {
			super("simulated: " + kind);
			this.kind = kind;
		}

		static @Nullable Classification kind(Throwable thrown) {
			return (thrown instanceof Simulated simulated) ? Classification.retryable(simulated.kind, Redo.TRANSACTION)
					: null;
		}

	}

}
