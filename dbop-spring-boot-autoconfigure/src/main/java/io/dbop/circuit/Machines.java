package io.dbop.circuit;

import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.TransitionCheckResult;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes Resilience4j's state machines: on their own, or within a registry of the user's
 * so that whatever watches that registry sees them.
 */
final class Machines {

	/** Keeps our names apart from those of the user's own circuit breakers. */
	static final String PREFIX = "dbop.";

	/** One failure among the probes is above it; on a closed breaker it never applies. */
	private static final float ANY_FAILURE = Float.MIN_NORMAL;

	/** Its window is for its metrics alone and costs two objects per second. */
	private static final int LONGEST_METRICS_WINDOW_SECONDS = 600;

	private final @Nullable CircuitBreakerRegistry registry;

	Machines(@Nullable CircuitBreakerRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Whether somebody else looks at the machines, so that they have to hear of
	 * everything, not only of what changes their state.
	 * @return whether the machines are watched
	 */
	boolean watched() {
		return this.registry != null;
	}

	CircuitBreaker create(String name, String alias, BreakerSettings settings, FailureWindow failures, Time time) {
		CircuitBreakerConfig config = config(settings, failures, time);
		if (this.registry == null) {
			return CircuitBreaker.of(PREFIX + name, config);
		}
		CircuitBreaker machine = this.registry.circuitBreaker(PREFIX + name, config);
		if (machine.getCircuitBreakerConfig() != config) {
			throw InvalidBreakerException.foreign(name, alias, PREFIX + name);
		}
		return machine;
	}

	void remove(String name) {
		if (this.registry != null) {
			this.registry.remove(PREFIX + name);
		}
	}

	private static CircuitBreakerConfig config(BreakerSettings settings, FailureWindow failures, Time time) {
		Duration recovery = settings.recoveryTimeout();
		long windowSeconds = Math.max(1, settings.window().toSeconds());
		return CircuitBreakerConfig.custom()
			.slidingWindow((int) Math.min(windowSeconds, LONGEST_METRICS_WINDOW_SECONDS), Integer.MAX_VALUE,
					SlidingWindowType.TIME_BASED)
			.failureRateThreshold(ANY_FAILURE)
			.slowCallDurationThreshold(Duration.ofDays(365))
			.permittedNumberOfCallsInHalfOpenState(settings.halfOpenMaxCalls())
			.waitDurationInOpenState(recovery)
			.clock(time.monotonic())
			.transitionOnResult((result) -> (result.isRight() && failures.record(time.now()))
					? TransitionCheckResult.transitionToOpenAndWaitFor(recovery) : TransitionCheckResult.noTransition())
			.build();
	}

}
