package io.dbop.execution;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import io.dbop.circuit.Breaker;
import io.dbop.failure.FailureClassifier;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.interceptor.TransactionAttribute;

/**
 * Everything about an operation that is the same from call to call, resolved once, with
 * its pipeline. Immutable and thread-safe.
 */
public final class ExecutionPlan {

	private final DatabaseEngine engine;

	private final Settings settings;

	private final OperationStatistics statistics;

	private final Stage pipeline;

	ExecutionPlan(DatabaseEngine engine, Settings settings) {
		this.engine = engine;
		this.settings = settings;
		this.statistics = engine.statistics(settings.name());
		this.pipeline = Pipeline.assemble(this);
	}

	/**
	 * Runs the operation.
	 * @param work what to do, called once per attempt
	 * @return the result
	 * @throws Throwable what the last attempt threw
	 */
	public @Nullable Object run(Work work) throws Throwable {
		return new WorkCall(this, work).run();
	}

	/**
	 * The name of the operation.
	 * @return the name
	 */
	public String name() {
		return this.settings.name();
	}

	/**
	 * Whether the operation may be repeated at all.
	 * @return whether there is an attempt after the first
	 */
	public boolean retries() {
		return this.settings.retry().maxRetries() > 0;
	}

	/**
	 * Runs the hooks of the attempt under way. For work that opens the transaction
	 * itself, and so has to say when it is open.
	 * @param dataSource gives the connection of that transaction where the data source of
	 * the database does not, {@code null} where it does
	 * @return whether a hook wants that transaction to be rolled back
	 * @throws Exception if a hook fails
	 */
	public static boolean prepareAttempt(@Nullable DataSource dataSource) throws Exception {
		Call call = Call.innermost();
		if (call == null) {
			return false;
		}
		PrepareStage.prepare(call, dataSource);
		SpringManagedStage.prepared(call);
		return call.rollbackOnly();
	}

	/**
	 * The attempt that the current thread stands in, the innermost one.
	 * @return the attempt, or {@code null} outside any operation
	 */
	public static @Nullable AttemptContext currentAttempt() {
		return Call.innermost();
	}

	/**
	 * Whether the current thread stands in the operation of an attempt.
	 * @param attempt the attempt
	 * @return whether it is its thread, and the operation has not ended
	 */
	public static boolean within(AttemptContext attempt) {
		Call each = Call.innermost();
		while (each != null && each != attempt) {
			each = each.around();
		}
		return each != null;
	}

	DatabaseEngine engine() {
		return this.engine;
	}

	Settings settings() {
		return this.settings;
	}

	Stage pipeline() {
		return this.pipeline;
	}

	OperationStatistics statistics() {
		return this.statistics;
	}

	boolean readOnly() {
		return this.settings.readOnly();
	}

	/** Whether a failure need not reach the caller. */
	boolean answersFailures() {
		return this.settings.fallback() != null;
	}

	/** Whether doing the work twice is the same as doing it once. */
	boolean idempotent() {
		return this.settings.idempotent();
	}

	/** Whether it may be repeated although its work was kept. */
	boolean repeatable() {
		return this.settings.idempotent() || this.settings.readOnly();
	}

	/** Whether the transaction is committed although the work threw this. */
	boolean commitsInSpiteOf(Throwable thrown) {
		TransactionAttribute attribute = this.settings.managedBy();
		if (attribute != null) {
			return !attribute.rollbackOn(thrown);
		}
		return matches(this.settings.noRollbackFor(), thrown);
	}

	/**
	 * Whether its type allows this to be retried, before anyone is asked what it means.
	 */
	boolean mayRetry(Throwable thrown) {
		List<Class<? extends Throwable>> listed = this.settings.retryOn();
		return !matches(this.settings.noRetryOn(), thrown) && (listed.isEmpty() || matches(listed, thrown));
	}

	private static boolean matches(List<Class<? extends Throwable>> types, Throwable thrown) {
		for (Class<? extends Throwable> type : types) {
			if (type.isInstance(thrown)) {
				return true;
			}
		}
		return false;
	}

	boolean opensOwnTransaction() {
		TransactionAttribute attribute = this.settings.managedBy();
		return attribute != null && SpringManagedStage.opensOwnTransaction(attribute);
	}

	/**
	 * The settings of a plan.
	 *
	 * @param name the name of the operation
	 * @param retry waits and limits
	 * @param totalTimeout where the whole call is ended, {@code null} for nowhere
	 * @param retryOn what may be retried, empty for failures of the database
	 * @param noRetryOn what may not
	 * @param classifier asked before all others
	 * @param idempotent whether doing the work twice is the same as doing it once
	 * @param readOnly whether it only reads
	 * @param isolation a value of
	 * {@link org.springframework.transaction.TransactionDefinition}
	 * @param noRollbackFor after which exceptions the transaction is committed all the
	 * same
	 * @param verifier who finds out whether a doubtful commit landed
	 * @param scope what each attempt runs in
	 * @param ownScope the user's scope in place of it
	 * @param managedBy how the work itself opens its transaction
	 * @param hooks what is called before each attempt
	 * @param hooksByWork whether the work has them called
	 * @param breaker the circuit breaker, {@code null} for none
	 * @param fallback answers when the operation has failed for good
	 */
	record Settings(String name, RetrySettings retry, @Nullable Duration totalTimeout,
			List<Class<? extends Throwable>> retryOn, List<Class<? extends Throwable>> noRetryOn,
			@Nullable FailureClassifier classifier, boolean idempotent, boolean readOnly, int isolation,
			List<Class<? extends Throwable>> noRollbackFor, @Nullable CommitVerifier verifier, Scope scope,
			@Nullable AttemptScope ownScope, @Nullable TransactionAttribute managedBy, List<PreAttemptHook> hooks,
			boolean hooksByWork, @Nullable Breaker breaker, @Nullable Function<Throwable, ?> fallback) {

		boolean hooksNeedTransaction() {
			return !this.hooksByWork && this.hooks.stream().anyMatch(PreAttemptHook::needsTransaction);
		}

	}

}
