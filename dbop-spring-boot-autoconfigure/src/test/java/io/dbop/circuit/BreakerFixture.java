package io.dbop.circuit;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A registry in fake time, and what tests do with its breakers.
 */
final class BreakerFixture {

	static final Duration RECOVERED = Duration.ofMillis(30_001);

	final FakeTime time = new FakeTime();

	final ManualProbeThreads threads = new ManualProbeThreads(this.time);

	final BreakerRegistry registry;

	final List<String> changes = new ArrayList<>();

	BreakerFixture() {
		this(null);
	}

	BreakerFixture(@Nullable CircuitBreakerRegistry machines) {
		this.registry = new BreakerRegistry(new Machines(machines), this.time.time(), this.threads);
		this.registry.addListener((breaker, from, to) -> this.changes.add(breaker.name() + ":" + from + ">" + to));
	}

	static BreakerSettings byTime() {
		BreakerSettings defaults = BreakerSettings.defaults();
		return new BreakerSettings(defaults.failureThreshold(), defaults.window(), defaults.recoveryTimeout(),
				defaults.halfOpenMaxCalls(), BreakerSettings.Recovery.TIME, defaults.probeInterval());
	}

	static Throwable failure() {
		return new SQLTransientConnectionException("down");
	}

	void advance(Duration duration) {
		this.time.advance(duration);
	}

	static void fail(Breaker breaker, int times) {
		for (int i = 0; i < times; i++) {
			breaker.failed(breaker.enter(), failure());
		}
	}

	static void succeed(Breaker breaker, int times) {
		for (int i = 0; i < times; i++) {
			breaker.succeeded(breaker.enter());
		}
	}

	/** Opens a closed breaker of default thresholds. */
	static Breaker open(Breaker breaker) {
		fail(breaker, 5);
		return breaker;
	}

	/** Opens a closed breaker and lets its recovery timeout pass. */
	Breaker recovering(Breaker breaker) {
		open(breaker);
		advance(RECOVERED);
		return breaker;
	}

}
