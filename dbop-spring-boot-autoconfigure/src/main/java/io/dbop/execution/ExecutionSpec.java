package io.dbop.execution;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.dbop.circuit.BreakerSettings;
import io.dbop.failure.FailureClassifier;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.interceptor.TransactionAttribute;

/**
 * How an operation is to be run, for those who call the engine by hand. What is left open
 * comes from the configuration of the alias. The knobs are those of the annotations.
 *
 * @param <T> what the operation returns
 */
public interface ExecutionSpec<T extends @Nullable Object> {

	/**
	 * Names the operation in logs, meters and exceptions.
	 * @param name the name
	 * @return this
	 */
	ExecutionSpec<T> named(String name);

	/**
	 * Sets the number of additional attempts: total attempts = 1 + maxRetries.
	 * @param maxRetries the number, 0 for no retry
	 * @return this
	 */
	ExecutionSpec<T> maxRetries(int maxRetries);

	/**
	 * Sets the wait before the second attempt.
	 * @param delay the wait
	 * @return this
	 */
	ExecutionSpec<T> initialDelay(Duration delay);

	/**
	 * Sets by what the wait is multiplied from one attempt to the next.
	 * @param multiplier the factor, at least 1
	 * @return this
	 */
	ExecutionSpec<T> multiplier(double multiplier);

	/**
	 * Sets the longest wait, jitter included.
	 * @param delay the wait
	 * @return this
	 */
	ExecutionSpec<T> maxDelay(Duration delay);

	/**
	 * Sets by what share a wait varies in either direction.
	 * @param jitter between 0 and 1
	 * @return this
	 */
	ExecutionSpec<T> jitter(double jitter);

	/**
	 * Limits the whole call, waits included. A statement that still runs then is ended.
	 * @param timeout the time, in total
	 * @return this
	 */
	ExecutionSpec<T> timeout(Duration timeout);

	/**
	 * Limits each attempt.
	 * @param timeout the time of one attempt
	 * @return this
	 */
	ExecutionSpec<T> attemptTimeout(Duration timeout);

	/**
	 * Names the exceptions that may be retried at all.
	 * @param types exception types
	 * @return this
	 */
	@SuppressWarnings("unchecked")
	ExecutionSpec<T> retryOn(Class<? extends Throwable>... types);

	/**
	 * Names exceptions that are never retried.
	 * @param types exception types
	 * @return this
	 */
	@SuppressWarnings("unchecked")
	ExecutionSpec<T> noRetryOn(Class<? extends Throwable>... types);

	/**
	 * Names exceptions after which a transaction that was opened for an attempt is
	 * committed all the same. After all others it is rolled back.
	 * @param types exception types
	 * @return this
	 */
	@SuppressWarnings("unchecked")
	ExecutionSpec<T> noRollbackFor(Class<? extends Throwable>... types);

	/**
	 * Sets a classifier that judges failures before all others.
	 * @param classifier the classifier
	 * @return this
	 */
	ExecutionSpec<T> classifier(FailureClassifier classifier);

	/**
	 * Returns a default instead of throwing when the operation has failed for good.
	 * Errors and interrupts are thrown all the same.
	 * @param value the default
	 * @return this
	 */
	ExecutionSpec<T> defaultValue(@Nullable T value);

	/**
	 * Answers in place of the operation when it has failed for good.
	 * @param fallback computes the answer from the failure
	 * @return this
	 */
	ExecutionSpec<T> fallback(Function<Throwable, ? extends @Nullable T> fallback);

	/**
	 * Declares that doing the work twice is the same as doing it once.
	 * @return this
	 */
	ExecutionSpec<T> idempotent();

	/**
	 * Declares that the work only reads.
	 * @return this
	 */
	ExecutionSpec<T> readOnly();

	/**
	 * Sets the isolation level of a transaction that is opened for an attempt.
	 * @param isolation the isolation level
	 * @return this
	 */
	ExecutionSpec<T> isolation(Isolation isolation);

	/**
	 * Sets who finds out whether a doubtful commit landed.
	 * @param verifier the verifier
	 * @return this
	 */
	ExecutionSpec<T> verifier(CommitVerifier verifier);

	/**
	 * Sets what each attempt runs in.
	 * @param scope the scope
	 * @return this
	 */
	ExecutionSpec<T> scope(Scope scope);

	/**
	 * Runs each attempt in a scope of one's own.
	 * @param scope the scope
	 * @return this
	 */
	ExecutionSpec<T> scope(AttemptScope scope);

	/**
	 * Says that the work opens its own transaction, as a method with Spring's
	 * {@code @Transactional} does. None is opened for it then, and hooks are left to
	 * whoever opens it.
	 * @param attribute what the work asks of its transaction
	 * @return this
	 */
	ExecutionSpec<T> managedBy(TransactionAttribute attribute);

	/**
	 * Adds a hook that runs inside the scope, before each attempt.
	 * @param hook the hook
	 * @return this
	 */
	ExecutionSpec<T> preAttempt(PreAttemptHook hook);

	/**
	 * Leaves the hooks to the work: it has them called by
	 * {@link ExecutionPlan#prepareAttempt} where its connection is ready for them, or by
	 * the operations that it consists of.
	 * @return this
	 */
	ExecutionSpec<T> hooksByWork();

	/**
	 * Uses the circuit breaker of this name in place of the alias's.
	 * @param name the name
	 * @return this
	 */
	ExecutionSpec<T> circuitBreaker(String name);

	/**
	 * Asks no circuit breaker, as the end of a transaction must not.
	 * @return this
	 */
	ExecutionSpec<T> noCircuitBreaker();

	/**
	 * Uses a circuit breaker of this name with settings of its own in place of the
	 * alias's.
	 * @param name the name
	 * @param settings makes its settings out of the alias's, the same wherever the name
	 * is used
	 * @return this
	 */
	ExecutionSpec<T> circuitBreaker(String name, UnaryOperator<BreakerSettings> settings);

}
