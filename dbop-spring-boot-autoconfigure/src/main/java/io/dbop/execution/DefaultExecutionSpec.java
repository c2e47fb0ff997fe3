package io.dbop.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerSettings;
import io.dbop.failure.FailureClassifier;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.util.Assert;

/** Collects what is asked of an operation and fills up the rest from its alias. */
final class DefaultExecutionSpec<T extends @Nullable Object> implements ExecutionSpec<T> {

	private final DatabaseEngine engine;

	private final List<PreAttemptHook> hooks;

	private String name = "operation";

	private int maxRetries;

	private Duration initialDelay;

	private double multiplier;

	private Duration maxDelay;

	private double jitter;

	private @Nullable Duration attemptTimeout;

	private @Nullable Duration totalTimeout;

	private List<Class<? extends Throwable>> retryOn = List.of();

	private List<Class<? extends Throwable>> noRetryOn = List.of();

	private List<Class<? extends Throwable>> noRollbackFor = List.of();

	private @Nullable FailureClassifier classifier;

	private boolean idempotent;

	private boolean readOnly;

	private Isolation isolation = Isolation.DEFAULT;

	private @Nullable CommitVerifier verifier;

	private Scope scope = Scope.AUTO;

	private @Nullable AttemptScope ownScope;

	private @Nullable TransactionAttribute managedBy;

	private boolean hooksByWork;

	private @Nullable Breaker breaker;

	private @Nullable Function<Throwable, ?> fallback;

	DefaultExecutionSpec(DatabaseEngine engine) {
		this.engine = engine;
		this.hooks = new ArrayList<>(engine.hooks());
		this.breaker = engine.breaker();
		RetrySettings retry = engine.retry();
		this.maxRetries = retry.maxRetries();
		this.initialDelay = retry.initialDelay();
		this.multiplier = retry.multiplier();
		this.maxDelay = retry.maxDelay();
		this.jitter = retry.jitter();
		this.attemptTimeout = retry.attemptTimeout();
	}

	ExecutionPlan.Settings settings() {
		RetrySettings alias = this.engine.retry();
		RetrySettings retry = new RetrySettings(alias.allowed(this.maxRetries), this.initialDelay, this.multiplier,
				this.maxDelay, this.jitter, (this.totalTimeout != null) ? this.totalTimeout : alias.totalTimeout(),
				this.attemptTimeout, alias.maxDelayInTransaction(), alias.budget());
		return new ExecutionPlan.Settings(this.name, retry, this.totalTimeout, this.retryOn, this.noRetryOn,
				this.classifier, this.idempotent, this.readOnly, this.isolation.value(), this.noRollbackFor,
				this.verifier, this.scope, this.ownScope, this.managedBy, List.copyOf(this.hooks),
				this.hooksByWork || this.managedBy != null, this.breaker, this.fallback);
	}

	@Override
	public ExecutionSpec<T> named(String name) {
		Assert.hasText(name, "The name of an operation must not be empty");
		this.name = name;
		return this;
	}

	@Override
	public ExecutionSpec<T> maxRetries(int maxRetries) {
		Assert.isTrue(maxRetries >= 0, () -> "maxRetries must not be negative: " + maxRetries);
		this.maxRetries = maxRetries;
		return this;
	}

	@Override
	public ExecutionSpec<T> initialDelay(Duration delay) {
		Assert.isTrue(!delay.isNegative(), () -> "initialDelay must not be negative: " + delay);
		this.initialDelay = delay;
		return this;
	}

	@Override
	public ExecutionSpec<T> multiplier(double multiplier) {
		Assert.isTrue(multiplier >= 1, () -> "multiplier must be at least 1: " + multiplier);
		this.multiplier = multiplier;
		return this;
	}

	@Override
	public ExecutionSpec<T> maxDelay(Duration delay) {
		Assert.isTrue(!delay.isNegative(), () -> "maxDelay must not be negative: " + delay);
		this.maxDelay = delay;
		return this;
	}

	@Override
	public ExecutionSpec<T> jitter(double jitter) {
		Assert.isTrue(jitter >= 0 && jitter <= 1, () -> "jitter must be between 0 and 1: " + jitter);
		this.jitter = jitter;
		return this;
	}

	@Override
	public ExecutionSpec<T> timeout(Duration timeout) {
		this.totalTimeout = positive("timeout", timeout);
		return this;
	}

	@Override
	public ExecutionSpec<T> attemptTimeout(Duration timeout) {
		this.attemptTimeout = positive("attemptTimeout", timeout);
		return this;
	}

	private static Duration positive(String what, Duration duration) {
		Assert.isTrue(!duration.isNegative() && !duration.isZero(), () -> what + " must be positive: " + duration);
		return duration;
	}

	@Override
	@SafeVarargs
	@SuppressWarnings("varargs")
	public final ExecutionSpec<T> retryOn(Class<? extends Throwable>... types) {
		this.retryOn = List.of(types);
		return this;
	}

	@Override
	@SafeVarargs
	@SuppressWarnings("varargs")
	public final ExecutionSpec<T> noRetryOn(Class<? extends Throwable>... types) {
		this.noRetryOn = List.of(types);
		return this;
	}

	@Override
	@SafeVarargs
	@SuppressWarnings("varargs")
	public final ExecutionSpec<T> noRollbackFor(Class<? extends Throwable>... types) {
		this.noRollbackFor = List.of(types);
		return this;
	}

	@Override
	public ExecutionSpec<T> classifier(FailureClassifier classifier) {
		this.classifier = classifier;
		return this;
	}

	@Override
	public ExecutionSpec<T> defaultValue(@Nullable T value) {
		this.fallback = (failure) -> value;
		return this;
	}

	@Override
	public ExecutionSpec<T> fallback(Function<Throwable, ? extends @Nullable T> fallback) {
		this.fallback = fallback;
		return this;
	}

	@Override
	public ExecutionSpec<T> idempotent() {
		this.idempotent = true;
		return this;
	}

	@Override
	public ExecutionSpec<T> readOnly() {
		this.readOnly = true;
		return this;
	}

	@Override
	public ExecutionSpec<T> isolation(Isolation isolation) {
		this.isolation = isolation;
		return this;
	}

	@Override
	public ExecutionSpec<T> verifier(CommitVerifier verifier) {
		this.verifier = verifier;
		return this;
	}

	@Override
	public ExecutionSpec<T> scope(Scope scope) {
		this.scope = scope;
		this.ownScope = null;
		return this;
	}

	@Override
	public ExecutionSpec<T> scope(AttemptScope scope) {
		this.ownScope = scope;
		return this;
	}

	@Override
	public ExecutionSpec<T> managedBy(TransactionAttribute attribute) {
		this.managedBy = attribute;
		return this;
	}

	@Override
	public ExecutionSpec<T> preAttempt(PreAttemptHook hook) {
		this.hooks.add(hook);
		return this;
	}

	@Override
	public ExecutionSpec<T> hooksByWork() {
		this.hooksByWork = true;
		return this;
	}

	@Override
	public ExecutionSpec<T> circuitBreaker(String name) {
		this.breaker = this.engine.breaker(name, UnaryOperator.identity());
		return this;
	}

	@Override
	public ExecutionSpec<T> noCircuitBreaker() {
		this.breaker = null;
		return this;
	}

	@Override
	public ExecutionSpec<T> circuitBreaker(String name, UnaryOperator<BreakerSettings> settings) {
		this.breaker = this.engine.breaker(name, settings);
		return this;
	}

}
