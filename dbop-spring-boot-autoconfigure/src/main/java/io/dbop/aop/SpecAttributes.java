package io.dbop.aop;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.circuit.BreakerSettings;
import io.dbop.execution.AttemptScope;
import io.dbop.execution.CommitVerifier;
import io.dbop.execution.ExecutionSpec;
import io.dbop.failure.FailureClassifier;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/** Carries the attributes of the annotations over to a spec, placeholders resolved. */
final class SpecAttributes {

	private final ConfigurableBeanFactory beanFactory;

	private final DurationAttributes durations;

	SpecAttributes(ConfigurableBeanFactory beanFactory, DurationAttributes durations) {
		this.beanFactory = beanFactory;
		this.durations = durations;
	}

	void retry(ExecutionSpec<@Nullable Object> spec, DbRetry retry, Method method, Class<?> type) {
		AnnotationPlace place = new AnnotationPlace(method, type, "@DbRetry");
		place.check(retry.jitter() <= 1, "jitter", retry.jitter(), "0 to 1");
		place.check(retry.multiplier() < 0 || retry.multiplier() >= 1, "multiplier", retry.multiplier(), "at least 1");
		if (retry.maxRetries() >= 0) {
			spec.maxRetries(retry.maxRetries());
		}
		backoff(spec, retry, place);
		Duration attempt = this.durations.limit(retry.attemptTimeout(), "attemptTimeout", place);
		if (attempt != null) {
			spec.attemptTimeout(attempt);
		}
		spec.retryOn(retry.retryOn());
		spec.noRetryOn(retry.noRetryOn());
		spec.scope(retry.scope());
		if (retry.idempotent()) {
			spec.idempotent();
		}
		if (!retry.raises()) {
			spec.defaultValue(ReturnTypes.defaultOf(method, type));
		}
		beans(spec, retry, place);
	}

	private void backoff(ExecutionSpec<@Nullable Object> spec, DbRetry retry, AnnotationPlace place) {
		if (retry.jitter() >= 0) {
			spec.jitter(retry.jitter());
		}
		Duration initial = this.durations.delay(retry.initialDelay(), "initialDelay", place);
		Duration max = this.durations.delay(retry.maxDelay(), "maxDelay", place);
		if (initial != null) {
			spec.initialDelay(initial);
		}
		if (max != null) {
			spec.maxDelay(max);
		}
		if (retry.multiplier() >= 0) {
			spec.multiplier(retry.multiplier());
		}
	}

	private void beans(ExecutionSpec<@Nullable Object> spec, DbRetry retry, AnnotationPlace place) {
		if (!retry.classifier().isEmpty()) {
			Supplier<FailureClassifier> bean = bean(retry.classifier(), FailureClassifier.class, "classifier", place);
			spec.classifier((failure) -> bean.get().classify(failure));
		}
		if (!retry.verifier().isEmpty()) {
			Supplier<CommitVerifier> bean = bean(retry.verifier(), CommitVerifier.class, "verifier", place);
			spec.verifier((context) -> bean.get().verify(context));
		}
		if (!retry.attemptScope().isEmpty()) {
			Supplier<AttemptScope> bean = bean(retry.attemptScope(), AttemptScope.class, "attemptScope", place);
			spec.scope((context, call) -> bean.get().run(context, call));
		}
	}

	/** The smaller of what two annotations give the whole call. */
	void timeout(ExecutionSpec<@Nullable Object> spec, Declared declared, @Nullable Duration standard, Method method,
			Class<?> type) {
		Duration total = (declared.retry() != null) ? this.durations.limit(declared.retry().totalTimeout(),
				"totalTimeout", new AnnotationPlace(method, type, "@DbRetry")) : null;
		Duration own = null;
		if (declared.timeout() != null) {
			own = this.durations.limit(declared.timeout().timeout(), "timeout",
					new AnnotationPlace(method, type, "@DbTimeout"));
			own = (own != null) ? own : standard;
		}
		if (own != null && (total == null || own.compareTo(total) < 0)) {
			total = own;
		}
		if (total != null) {
			spec.timeout(total);
		}
	}

	void transaction(ExecutionSpec<@Nullable Object> spec, AutoTransaction transaction, Method method, Class<?> type) {
		Duration timeout = this.durations.limit(transaction.timeout(), "timeout",
				new AnnotationPlace(method, type, "@AutoTransaction"));
		if (timeout != null) {
			spec.attemptTimeout(timeout);
		}
		if (transaction.readOnly()) {
			spec.readOnly();
		}
		spec.isolation(transaction.isolation());
		spec.noRollbackFor(transaction.noRollbackFor());
	}

	void breaker(ExecutionSpec<@Nullable Object> spec, CircuitBreaker breaker, Method method, Class<?> type) {
		AnnotationPlace place = new AnnotationPlace(method, type, "@CircuitBreaker");
		Duration window = this.durations.limit(breaker.windowSize(), "windowSize", place);
		Duration recovery = this.durations.limit(breaker.recoveryTimeout(), "recoveryTimeout", place);
		place.check(breaker.failureThreshold() != 0, "failureThreshold", 0, "at least 1");
		place.check(breaker.halfOpenMaxCalls() != 0, "halfOpenMaxCalls", 0, "at least 1");
		boolean special = window != null || recovery != null || breaker.failureThreshold() > 0
				|| breaker.halfOpenMaxCalls() > 0;
		String name = breaker.name().isEmpty() ? ownBreaker(place) : breaker.name();
		if (special) {
			spec.circuitBreaker(name,
					(settings) -> new BreakerSettings(
							(breaker.failureThreshold() > 0) ? breaker.failureThreshold() : settings.failureThreshold(),
							(window != null) ? window : settings.window(),
							(recovery != null) ? recovery : settings.recoveryTimeout(),
							(breaker.halfOpenMaxCalls() > 0) ? breaker.halfOpenMaxCalls() : settings.halfOpenMaxCalls(),
							settings.recovery(), settings.probeInterval()));
		}
		else if (!breaker.name().isEmpty()) {
			spec.circuitBreaker(breaker.name());
		}
	}

	/** Of several methods of one name each has its own. */
	private static String ownBreaker(AnnotationPlace place) {
		Method[] alike = ReflectionUtils.getUniqueDeclaredMethods(ClassUtils.getUserClass(place.type()),
				(each) -> each.getName().equals(place.method().getName()) && !each.isSynthetic()
						&& Declared.of(each, place.type()).breaker() != null);
		return (alike.length > 1) ? place.name() + parameters(place.method()) : place.name();
	}

	private static String parameters(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(",", "(", ")"));
	}

	/** Made when it is first needed: it may well use the database. */
	private <B> Supplier<B> bean(String name, Class<B> beanType, String attribute, AnnotationPlace place) {
		if (!this.beanFactory.containsBean(name) || !this.beanFactory.isTypeMatch(name, beanType)) {
			throw place.wrong(attribute, name, "the name of a bean of type " + beanType.getName());
		}
		return this.beanFactory.isSingleton(name) ? SingletonSupplier.of(() -> this.beanFactory.getBean(name, beanType))
				: () -> this.beanFactory.getBean(name, beanType);
	}

}
